"""Chat lines with what a reader says of them, written without a look at the rules or the simulator.

The rules were mended with `DEVELOPMENT` and never with `HELD_OUT`: only its figures are stated. None has a
question mark, for with one the mark alone decides. Each line: does it ask (`?`) or not (`-`), its intent,
and the text. Portuguese, Spanish, English, as people type.
"""

from __future__ import annotations

from typing import NamedTuple

from liveroom.models.chat.intents import Intent


class Line(NamedTuple):
    asks: bool
    intent: Intent
    text: str


_DEVELOPMENT = """
? price quanto ta saindo a air fryer
? price qual valor à vista
- complaint ta salgado esse preço hein, muito caro
? price tem desconto levando dois
- price na outra loja vi por 199
? price preço da cafeteira por favor
? payment aceita cartão de duas pessoas
? payment divide em até quantas vezes
? payment onde eu clico pra comprar
? payment manda o link gente
- complaint o pix deu erro aqui
- complaint não consigo finalizar o pagamento
? shipping chega até o natal em Recife
? shipping vocês mandam pra Portugal
? shipping frete pro interior do Pará
- complaint meu pedido da semana passada não chegou
? shipping dá pra buscar na loja
? size veste quem usa 46
? size qual a altura desse armário
? size tem numeração 34
- size eu uso 40 normalmente
? stock ainda tem da cinza
? stock vai voltar ao estoque
- stock acabou tudo em dois minutos
? product é bivolt
? product esse vem com carregador
? product a capa é impermeável
? product qual a diferença pro modelo antigo
? product serve pra celular xiaomi
- praise o meu chegou ontem, maravilhoso
- praise que atendimento excelente
- praise amo essa apresentadora
- wish vou levar dois
- wish acabei de comprar o meu
- wish quero esse pra minha mãe
- greeting boa noite meninas
- greeting cheguei agora, oi
- greeting olá aqui de Fortaleza
- reaction kkkkkkk
- reaction 😍😍
- complaint o áudio tá horrível
- complaint ninguém responde as perguntas
- other eu assisto toda semana com meu marido
- other amanhã tem prova na escola
? other que horas começa a próxima
? other alguém aqui já usou no cabelo cacheado
? price cuánto por las dos
? price hay algún descuento para clientes nuevos
- complaint me parece caro para lo que es
? payment se puede pagar con dos tarjetas
? payment cómo hago para comprarlo
? payment pasa el enlace porfa
? shipping cuánto tarda en llegar a Guadalajara
? shipping hacen entregas los domingos
- complaint mi paquete nunca llegó
? size qué talla lleva la modelo
? size y de ancho cuánto mide
? stock quedan en rojo
- stock ya está agotado en la página
? product de qué tela es
? product trae pilas o hay que comprarlas
? product sirve para pelo teñido
- praise me encanta cómo explican todo
- praise el mío lleva dos años y perfecto
- wish acabo de pedir tres
- wish lo necesito en mi vida
- greeting hola a todas desde Lima
- greeting buenas noches
- reaction jajajaja
- complaint no se oye nada
- other mi hermana también está viendo
? other a qué hora es el próximo directo
? price how much for the set
? price whats the price on the blue one
- complaint way too expensive for plastic
? price any discount codes today
? payment can i use two cards
? payment where do i click to buy
? payment send me the link please
- complaint checkout keeps giving me an error
? shipping do you deliver to Alaska
? shipping how long until it gets here
- complaint my last order never arrived
? shipping is postage included
? size does it come in a 14
? size how tall is the lamp
- size im usually a medium
? stock is the green one sold out
? stock when will you restock
- stock only three left says the page
? product is it dishwasher safe
? product does the battery last all day
? product whats it made of
? product can it be used on sensitive skin
- praise mine arrived yesterday and its gorgeous
- praise best host ever
- praise this brand is great
- wish just ordered two
- wish i need one of these
- wish take my money
- greeting good evening from Glasgow
- greeting hey everyone
- greeting hi just joined
- reaction lol
- reaction wow
- complaint the sound is terrible
- complaint nobody answers our questions
- other i watch this while cooking
- other my cat just knocked over the tea
? other has anyone tried this with kids
? other what time is the next show
- other how cute is that dog
- other when i was a kid we had one of those
- other will watch the replay later
- other can confirm
- other which reminds me i must go
"""

_HELD_OUT = """
? price qual o preço do liquidificador vermelho
? price sai por quanto no atacado
? price esse valor é do kit ou de um só
- complaint no mercado livre tá bem mais barato
? payment posso pagar metade no pix e metade no cartão
? payment como faço pra adicionar no carrinho
? payment parcela sem juros
- complaint cartão recusado de novo
? shipping entregam em Belém
? shipping quantos dias pra chegar em Curitiba
? shipping o frete é grátis acima de quanto
? size tem M
? size qual o tamanho da tela
? size serve em cama queen
- size pra mim só o GG
? stock quantas unidades sobraram
? stock tem mais desse
? product vem com manual
? product funciona com alexa
? product mostra o fundo da panela por favor
? product é de inox mesmo ou só pintado
? product pode ir no micro-ondas
- praise minha vizinha tem e adora
- praise que lindo gente
- praise vocês são demais
- wish já garanti o meu
- wish preciso desse na minha cozinha
- greeting oi meninas, tudo bem
- greeting bom dia de Salvador
- reaction hahaha
- reaction uau
- complaint a imagem tá travando
- complaint vocês pularam minha pergunta
- other tô vendo do trabalho escondida
- other ontem também teve live
? other quando vai ser a próxima live
? other o link da gravação fica onde
? price qué precio tiene la licuadora
? price está de oferta solo hoy
- complaint carísimo
? payment aceptan bizum
? payment dónde está el carrito
? payment cuántas cuotas sin interés
? shipping envían a Canarias
? shipping cuándo me llega si compro hoy
- complaint la web no me deja comprar
? size hay talla 44
? size qué medidas tiene la mesa
? stock quedan muchas
? product es apto para lavavajillas
? product cuánto dura la batería
? product de qué está hecho
- praise qué bonito
- praise me lo regalaron y es genial
- wish ya lo compré
- wish yo quiero uno
- greeting buenas tardes desde Quito
- reaction jajaja
- complaint se corta el sonido
- other estoy cenando mientras os veo
? other alguien lo ha probado
? price whats the total with tax
? price how much are they each
? price does the bundle come cheaper
- complaint saw it cheaper at target
? payment how do i check out
? payment is afterpay accepted
? payment where is the buy button
- complaint the link is broken
? shipping can you ship to Ireland
? shipping when does it arrive if i order tonight
- complaint still waiting on my parcel from june
? size what size is she wearing
? size will a small fit a 12 year old
? size how wide is it folded
? stock any black ones left
? stock did the pink sell out
? product is that real leather
? product show the inside please
? product does it need batteries
? product how loud is it
- praise i have this and use it daily, so good
- praise you look great tonight
- wish adding two to my basket
- wish i want that bag
- greeting hello from Perth
- greeting evening ladies
- reaction haha
- reaction yesss
- complaint you skipped my question again
- complaint picture keeps freezing
- other i am making dinner with one hand
- other what a day
- other how funny
- other is what it is
- other do what you love
- other my sister would know
"""


def _lines(text: str) -> tuple[Line, ...]:
    split = (line.split(" ", 2) for line in text.strip().splitlines())
    return tuple(Line(mark == "?", Intent[intent.upper()], said) for mark, intent, said in split)


DEVELOPMENT, HELD_OUT = _lines(_DEVELOPMENT), _lines(_HELD_OUT)

"""The words that the rules of intent go by: Portuguese, Spanish, English, and a little of three more.

Written without accents and apostrophes, in small letters, as `tokens.folded` leaves a text. They are
the everyday words of a shop; nothing was taken from the lines that the simulator writes.
"""

from __future__ import annotations

from liveroom.models.chat.intents import Intent


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


TOPICS: tuple[tuple[Intent, frozenset[str]], ...] = (
    (
        Intent.SHIPPING,
        _set(
            "chega chegar mandam buscar frete fretes entrega entregam entregar entregas entregue"
            " envio envios enviam envia enviar correio correios sedex transportadora rastreio"
            " rastrear prazo retirada retirar cep shipping ship ships shipped deliver delivers"
            " delivery delivered postage arrive arrives tracking postal tarda tardan pickup"
            " courier mandan llega llegan llegara despacho despachan envian enviais domicilio"
            " paqueteria recoger recojo versand liefern lieferung lieferzeit livraison livrez"
            " livrer spedizione spedite consegna"
        ),
    ),
    (
        Intent.PAYMENT,
        _set(
            "divide dividir comprarlo comprarla pix boleto parcela parcelas parcelar parcelado"
            " parcelam parcelamento juros cartao debito credito pagamento pagar pago paga link"
            " links carrinho checkout cupom finalizar comprar compro paypal klarna card cards"
            " payment payments pay paying installment installments cart basket url buy order pedir"
            " tarjeta cuotas cuota plazos pagos transferencia bizum efectivo carrito enlace compra"
            " bezahlen ratenzahlung warenkorb zahlung paiement payer panier lien pagamenti"
            " carrello"
        ),
    ),
    (
        Intent.PRICE,
        _set(
            "preco precos custa custam custar valor valores desconto descontos promocao caro"
            " barato price prices priced cost costs discount discounts cheaper deal coupon precio"
            " precios cuesta cuestan descuento descuentos oferta rebaja cupon kostet kosten preis"
            " rabatt prix coute coutent combien reduction prezzo costa sconto"
        ),
    ),
    (
        Intent.SIZE,
        _set(
            "tamanho tamanhos tam numeracao medida medidas mede mido altura peso largura"
            " comprimento polegadas veste plus pp gg xg xl xxl xs size sizes sizing fit fits"
            " inches tall wide long measurements length width petite talla tallas talle talles"
            " mide ancho largo alto numero grosse grossen taille tailles taglia taglie"
        ),
    ),
    (
        Intent.STOCK,
        _set(
            "estoque disponivel disponiveis esgotou esgotado esgotada acabou sobrou restam repor"
            " reposicao sobraram sold stock available availability restock restocked left"
            " unavailable agotado agotada quedan disponible disponibles existencias reponen"
            " ausverkauft vorratig epuise disponibile esaurito"
        ),
    ),
    (
        Intent.PRODUCT,
        _set(
            "garantia material cor cores bateria voltagem volts watts bivolt original marca"
            " modelo tecido funciona memoria compativel bluetooth peso pesa composicao"
            " ingredientes validade couro algodao prova dura vem acompanha carrega resistente"
            " serve color colour colors colours warranty battery fabric brand model waterproof"
            " work works compatible weight weigh heavy ingredients voltage last lasts included"
            " come comes made washable colores tela sirve trae incluye farbe farben garantie"
            " couleur couleurs colore colori funktioniert marche"
        ),
    ),
)
"""In this order: what a price is asked of says more than that it is a price."""

WEAK_PRICE = _set("quanto quantos cuanto cuanta quant")
"""A price, where nothing else says of what: how much."""

ASKING = _set(
    "qual quais quanto quanta quantos quantas quando onde aonde cade quem como porque porq pq"
    " what whats which how hows where wheres who whos whose why when cual cuales cuanto cuanta"
    " cuantos cuantas cuando donde adonde quien quienes wie was wann wo wer warum welche welcher"
    " welches quel quelle quels quelles comment combien quand pourquoi ou quale quali dove perche"
)
"""A message that begins with one of these asks, unless `EXCLAIMS` follows."""

SOFT = _set("como quando when where ou was who as quanto quem")
"""Of those, the ones that begin a statement as well: they ask where a verb that asks comes next."""

AFTER_SOFT = _set(
    "e eh faz faco fazer compro compra funciona sao ta esta que paga pago pagar chega vai vem is"
    " are do does did can could will would was were should has have am es son se hago puedo llega"
    " sale va hay custa vale custam fica sai tempo tempos demora parcela usa uso assim consigo"
    " recebo volta comeca termina abre ist kann kostet"
)

EXCLAIMS = _set(
    "lindo linda lindos lindas amor maravilha maravilhoso sonho pena saudade cute beautiful nice"
    " lovely pretty gorgeous sweet cool amazing funny sad great awesome bonito bonita bonitos"
    " bonitas bello bella rico guapa guapo schon"
)
"""`how cute`, `que lindo`: no questions."""

NO_QUESTIONS = frozenset(
    "what a|what an|will do|will be|will not|can not|can confirm|which reminds|which is|which are"
    "|which means|who cares|why not|any of|have to|have a|has to|do not|do it|da pena|da vontade"
    "|da licenca|como assim|como eu|como yo|se nao|se no|se si".split("|")
)
"""Openings that look like a question and are none."""

INVERTED = _set(
    "it this that the they you u i we there he she anyone anybody somebody these those your my ya"
    " yall"
)
"""After `do`, `is`, `can` …: an English question by its order of words."""

STRONG = _set(
    "qual quais quanto quanta quantos quantas cade cual cuales cuanto cuanta cuantos cuantas"
)
"""These ask in the middle of a few words as well, but not after `UNSURE`."""
UNSURE = _set("sei sabe nao no se dont know saber depende")

HELPERS = _set(
    "tem chega chegam mandam divide volta voltam aceita aceitam entrega entregam envia enviam faz"
    " fazem da pode podem serve vende vendem parcela parcelam sera existe consigo funciona alguem"
    " do does did is are was were am can could will would has have should anyone anybody any hay"
    " queda quedan llega llegan tarda trae mandan tienen tiene teneis aceptan envian hacen haceis"
    " se puede pueden alguien sirve viene gibt habt geht kann est avez peut"
)
"""A message that begins with one of these asks, if it is no longer than a few words or names a topic."""

PHRASES = tuple(
    "gostaria de saber|alguem aqui|alguem ja|alguem tem|queria saber|quero saber|me diz|me diga"
    "|fala o preco|manda o link|passa o link|podem repetir|pode repetir|pode mostrar"
    "|podem mostrar|alguem sabe|alguem pode|tem como|sera que|anyone know|anybody know"
    "|anyone knows|does anyone|does anybody|has anyone|can anyone|can someone|can somebody"
    "|any idea|i wonder|wondering if|i need help|i need some help|need help|want to know"
    "|like to know|please tell|please give|please show|please send|please help|pls show"
    "|send me the link|alguien sabe|me dicen|me dices|quiero saber|quisiera saber|me pasan"
    "|me pasas|pueden mostrar|puedes mostrar|puedes repetir|weiss jemand|kann jemand"
    "|quelqu un sait|qualcuno sa".split("|")
)
"""These ask wherever they stand."""

OPENINGS = tuple(
    "que cor|que cores|que marca|que tamanho|que horas|ate quando|da pra|da para|por que"
    "|e possivel|qual o|qual a|qual e|de que|em que|em quantas|ate que|a partir de|mostra de novo"
    "|me manda|manda link|how do|how can|how tall|how wide|how big|how heavy|how old|how often"
    "|how fast|how to|how much|how many|how long|how come|what is|what are|what about|is there"
    "|are there|is it|is this|is that|will it|does it|do you|do u|can you|can u|could you|can i"
    "|could i|can we|tell me|send me|dm me|show us|show me|which one|a que|que talla|que tallas"
    "|que color|que colores|que precio|que medidas|que material|que incluye|a cuanto|se puede"
    "|en que|en cuantas|hasta cuando|para que|gibt es|habt ihr|kann man|est ce que|c est combien"
    "|qu est ce|quanto costa".split("|")
)
"""These ask at the beginning of a clause."""

TAGS = _set("right correct certo ne verdad no huh eh oder")
"""They make a question of a statement, with a question mark; nothing special is asked by them."""

LEADS = _set(
    "oi ola ainda todavia aun still favor y gente amiga amigo amor moca boa noite tarde dia bom"
    " por pf pfv pfvr meninas e mas ai entao hi hey hello guys please pls plz so and but ok okay"
    " well also um girls everyone all hola buenas porfa chicas pero entonces oye disculpa perdon"
    " hallo bitte salut bonjour svp stp ciao scusa"
)
"""What people say before they ask."""

STOP = _set(
    "o a os as um uma de do da dos das no na nos nas em e que pra para por com se ao esse essa"
    " este esta isso isto eu voces voce vc vcs ele ela me meu minha seu sua ja so mais muito tb"
    " tambem ser ter tem ta the an of to in on at for and or it its this that these those i you u"
    " we they he she my your is are was be been does did can could will would have has had with"
    " from by if not yes any some there el la los las un una unos unas del al y en con lo le les"
    " su sus mi tu es son hay mas der die den ein eine ist und im mit des du une est et ou dans il"
    " gli di che per pergunta pergunte perguntei ninguem viu responde respondam question asked ask"
    " missed answer answers pregunta nadie respondan vez vezes aqui here now agora hoje today hoy"
    " ahora also again novo nova uns umas sao foi era vai vou ir get got"
)

PRAISE = _set(
    "amei amo linda lindo lindas lindos maravilhoso maravilhosa perfeito perfeita parabens"
    " excelente otimo otima recomendo adoro adorei top show incrivel melhor love loved loving"
    " beautiful gorgeous amazing awesome perfect great excellent best recommend stunning fantastic"
    " encanta encantan hermoso hermosa precioso preciosa perfecto perfecta divino divina genial"
    " recomiendo super wunderschon klasse magnifique parfait bellissimo perfetto"
)

COMPLAINT = _set(
    "travou travando trava ruim pessimo pessima demora demorado atrasado atrasada quebrado"
    " quebrada golpe reclamacao reembolso horrivel enganacao erro caiu defeito vergonha absurdo"
    " caro cara broken terrible awful scam refund error crashed laggy lagging frozen freezing"
    " expensive overpriced bad worst late disappointed ridiculous useless fail fails failed"
    " declined roto rota malo mala pesimo pesima estafa congelado tarda tardan mentira kaputt"
    " schlecht teuer cher nul arnaque rotto truffa"
)

COMPLAINS = tuple(
    "nao chegou|ninguem responde|nobody answers|nobody answered|nadie responde|nadie contesta"
    "|nunca llego|nunca chegou|deu erro|nao recebi|nao funciona|nao abre|nao consigo|nao carrega"
    "|nao respondem|sem som|sem audio|not working|doesnt work|does not work|wont work|wont load"
    "|cant pay|cant hear|cannot hear|cant see|no sound|never arrived|never came|not received"
    "|no answer|no funciona|no llego|no llega|no abre|no puedo|no carga|no se escucha|no se oye"
    "|no se ve|no me llego|geht nicht|funktioniert nicht|marche pas".split("|")
)
"""A trouble, said in two or three words."""

WISHES = tuple(
    "vou levar|vou querer|vou comprar|acabei de comprar|ja comprei|eu quero|acabo de pedir"
    "|acabo de comprar|ya compre|lo quiero|la quiero|take my money|just ordered|just bought"
    "|i need one|ill take|i want".split("|")
)

WISH = _set(
    "quero queria comprei comprando levei garanti peguei preciso bought ordered ordering buying"
    " purchased want need gimme quiero compre comprado pedi necesito pille gekauft bestellt achete"
    " commande comprato"
)

GREETING = _set(
    "oi oie ola bomdia boanoite cheguei hi hello hey hiya howdy greetings evening morning hola"
    " buenas saludos hallo moin servus bonjour bonsoir salut ciao buonasera salve"
)
GREETS = frozenset(
    ("bom dia", "boa tarde", "boa noite", "good morning", "good evening", "good afternoon",
          "buenos dias", "buenas noches", "buenas tardes", "guten abend", "guten tag")
)  # fmt: skip

CHEERS = _set("wow omg lol lmao eita uau nossa ual yay aff hmm ok okay yes yess sim si oui ja top")

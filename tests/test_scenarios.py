"""A scenario or policy file that cannot be used is named with its line and what to write instead."""

from pathlib import Path

import pytest

from liveroom.errors import KnownError
from liveroom.scenarios import read_case, read_policy, read_scenario
from tests.models.simulation.playing import first_show, scenario_text


def complaint(path: Path, content: str | bytes) -> str:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(KnownError) as raised:
        read_case(str(path), read_scenario(str(path)))
    return str(raised.value)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "show.toml"


def line_of(text: str, content: str) -> int:
    return content[: content.index(text)].count("\n") + 1


def test_time_zone_that_is_none_is_named_with_its_line_and_the_nearest_one(path: Path) -> None:
    content = scenario_text().replace("Sao_Paulo", "Sao_Paolo")
    assert complaint(path, content) == (
        f"show.toml, line {line_of('Sao_Paolo', content)}: timezone is 'America/Sao_Paolo'; "
        "did you mean 'America/Sao_Paulo'? "
        "allowed: a name of the time zone database such as America/Sao_Paulo"
    )


def test_language_that_nobody_writes_is_named_with_its_line(path: Path) -> None:
    assert complaint(path, 'language = "xx"\n' + scenario_text()) == (
        "show.toml, line 1: language is 'xx'; "
        "allowed: 'de' or 'en' or 'es' or 'fr' or 'it' or 'pt' or 'ro'"
    )
    mixed = scenario_text() + (
        '[[languages]]\nlanguage = "pt"\nshare = 0.5\n[[languages]]\nlanguage = "PT"\nshare = 0.5\n'
    )
    line = line_of('"PT"', mixed)
    assert complaint(path, mixed).startswith(
        f"show.toml, line {line}: languages[1].language is 'PT'; did you mean 'pt'? allowed: 'de'"
    )


def test_file_that_is_not_utf_8_is_named_with_line_and_byte(path: Path) -> None:
    content = scenario_text().encode("latin-1", "replace")
    at = content.index("ô".encode("latin-1"))
    line = content[:at].count(b"\n") + 1
    assert complaint(path, content) == (
        f"show.toml, line {line}: byte {at + 1} of the file (0xf4) is not UTF-8; "
        "save the file as UTF-8"
    )
    assert "save the file as UTF-8" in complaint(path, scenario_text().encode("utf-16"))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_files_of_windows_editors_are_read(path: Path, mark: bytes) -> None:
    path.write_bytes(mark + scenario_text().replace("\n", "\r\n").encode())
    assert read_scenario(str(path)) == first_show()


def test_policy_without_a_case_is_not_passed_over(path: Path) -> None:
    content = scenario_text() + '[policy]\ntitle = "x"\n'
    assert "policy stands without a [case]" in complaint(path, content)


def test_name_that_is_nearly_right_is_answered_with_the_right_one(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"scenario 'C09' is unknown; did you mean 'c09'\?"):
        read_scenario("C09")
    with pytest.raises(KnownError, match=r"policy 'margins_first' .*did you mean 'margin_first'"):
        read_policy("margins_first", first_show(), None)
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    with pytest.raises(KnownError, match=r"folder.toml is a folder; name a file in it"):
        read_scenario(str(folder))

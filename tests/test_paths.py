import sys
from pathlib import Path

import pytest

import liveroom
from liveroom import paths


def test_resources_are_found_beside_the_package_in_a_source_tree() -> None:
    assert paths.resource() == Path(liveroom.__file__).parents[1] / "resources"


def test_resources_inside_the_package_win_over_a_stranger_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "liveroom"
    (package / "resources" / "icons").mkdir(parents=True)
    (tmp_path / "resources" / "icons").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.resource("icons") == package / "resources" / "icons"


def test_resources_of_a_frozen_program_are_in_its_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources" / "mappings").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource("mappings") == tmp_path / "resources" / "mappings"


def test_a_missing_resource_is_named_together_with_where_it_was_looked_for() -> None:
    with pytest.raises(FileNotFoundError, match=r"'icons/no\.svg' is missing from .*resources"):
        paths.resource("icons", "no.svg")


def test_user_data_lives_under_the_home_that_the_environment_names(liveroom_home: Path) -> None:
    assert paths.user_data_dir() == liveroom_home
    assert paths.sessions_dir() == liveroom_home / "sessions"
    assert paths.settings_dir() == liveroom_home / "settings"
    assert paths.sessions_dir().is_dir()
    assert paths.settings_dir().is_dir()


def test_user_data_lives_where_the_platform_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LIVEROOM_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert paths.sessions_dir() == tmp_path / "data" / "liveroom" / "sessions"
    assert paths.settings_dir() == tmp_path / "config" / "liveroom"

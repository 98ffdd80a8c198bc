"""Settings: one table, read from option, environment and file; wrong ones refused by name."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import optout
from optout import settings
from optout.settings import SETTINGS, BadSetting, Settings, load_settings


def written(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "settings.toml").write_text(text, "utf-8")
    return folder


def test_without_anything_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {}) == Settings(instance=tmp_path)


def test_the_option_wins_over_the_environment_for_the_folder(tmp_path: Path) -> None:
    environ = {"OPTOUT_INSTANCE": str(tmp_path / "other")}
    assert load_settings(tmp_path / "mine", environ).instance == tmp_path / "mine"
    assert load_settings(None, environ).instance == tmp_path / "other"


def test_a_checkout_keeps_its_data_in_its_own_instance_folder() -> None:
    top = Path(settings.__file__).parent.parent
    assert load_settings(None, {}).instance == top / "instance"


def test_an_installed_app_keeps_its_data_where_the_system_wants_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(optout, "__file__", str(tmp_path / "optout" / "__init__.py"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    assert load_settings(None, {}).instance.name == "optout"
    assert load_settings(None, {}).instance != tmp_path / "instance"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    folder = written(tmp_path / "i", 'port = 6000\nlog_level = "debug"\nopen_browser = false\n')
    found = load_settings(folder, {"OPTOUT_PORT": "7000"})
    assert (found.port, found.log_level, found.open_browser) == (7000, "debug", False)


def test_the_passphrase_file_comes_from_the_environment_as_an_absolute_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = load_settings(tmp_path, {"OPTOUT_PASSPHRASE_FILE": "secret.txt"})
    assert found.passphrase_file == tmp_path / "secret.txt"


@pytest.mark.parametrize(("text", "said"), [
    ("prot = 1\n", "Did you mean port?"),
    ("port = 70000\n", "port must be a whole number from 0 to 65535"),
    ("port = true\n", "port must be a whole number"),
    ('port = "٣٠٠"\n', "port must be a whole number"),
    ("idle_lock_minutes = 0\n", "idle_lock_minutes must be a whole number from 1"),
    ('log_level = "loud"\n', "log_level must be one of debug, info"),
    ('open_browser = "maybe"\n', "open_browser must be true or false"),
    ('instance = "/elsewhere"\n', "“instance” is no setting"),
    ("port 5\n", "is not a TOML file"),
])
def test_a_wrong_line_in_the_file_is_refused_by_name(
    tmp_path: Path, text: str, said: str
) -> None:
    folder = written(tmp_path / "i", text)
    with pytest.raises(BadSetting, match=said.replace("?", r"\?")) as caught:
        load_settings(folder, {})
    assert str(folder / "settings.toml") in str(caught.value)


def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path / "i", "")
    (folder / "settings.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadSetting, match="not a TOML file"):
        load_settings(folder, {})
    (folder / "settings.toml").write_bytes(b"#" * 100_000)
    with pytest.raises(BadSetting, match="too large"):
        load_settings(folder, {})


def test_an_unknown_variable_is_refused_with_the_nearest_known_one(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="Did you mean OPTOUT_INSTANCE"):
        load_settings(tmp_path, {"OPTOUT_INSTANCES": "x"})
    with pytest.raises(BadSetting, match="OPTOUT_PORT must be a whole number"):
        load_settings(tmp_path, {"OPTOUT_PORT": "many"})


def test_an_empty_variable_counts_as_absent(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {"OPTOUT_PORT": " "}).port == 5170


def test_the_table_names_every_setting_once_with_its_true_default() -> None:
    fields = {field.name: field for field in dataclasses.fields(Settings) if field.init}
    assert [row.name for row in SETTINGS] == list(dict.fromkeys(row.name for row in SETTINGS))
    assert {row.name for row in SETTINGS} == set(fields)
    for row in SETTINGS:
        assert row.env == f"OPTOUT_{row.name.upper()}"
        default = fields[row.name].default
        if default not in (dataclasses.MISSING, None):
            assert row.default == str(default).lower()


def test_the_host_is_always_this_machine_alone(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {}).host == "127.0.0.1"
    with pytest.raises(BadSetting):
        load_settings(tmp_path, {"OPTOUT_HOST": "0.0.0.0"})  # noqa: S104 - it is refused


def test_the_programs_own_files_are_found_and_a_missing_one_is_named() -> None:
    assert settings.resource("brokers.yaml").is_file()
    assert settings.resource("templates").is_dir()
    with pytest.raises(BadSetting, match=r"nothing\.txt"):
        settings.resource("nothing.txt")

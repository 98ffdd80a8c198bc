"""Tables in every dress, and files that are none."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optout.domain.errors import InvalidFile
from optout.registry.official import sheet
from optout.registry.official import workbook as workbooks
from optout.registry.official.reading import LAYOUTS, read_filings
from tests.registry.official.states import against, as_csv, read, reasons, sample
from tests.registry.official.workbooks import workbook

WIDE = ["Data Broker Name", "Website URL", "Physical Address", "Date Added"]
ROW = ["Sample Lists", "samplelists.com", "", "01/31/2021"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings_are_found_out(delimiter: str, encoding: str) -> None:
    text = "\r\n".join(delimiter.join(row) for row in (WIDE, ["Café", *ROW[1:]]))
    assert read("us-ca", text.encode(encoding)).filings[0].name == "Café"


def test_nul_bytes_and_bytes_without_meaning_are_survived() -> None:
    data = as_csv(WIDE, ROW).replace(b"Sample", b"Sam\0ple \x81\x8d")
    assert read("us-ca", data).filings[0].name.startswith("Sample")


def test_headings_are_compared_by_meaning() -> None:
    data = as_csv(["DATA BROKER\u00a0NAME :", "Website URL", "Physical\n Address", "Date added",
                   "?", "Favourite colour", ""], [*ROW, "", "blue"])
    assert read("us-ca", data).unknown_headings == ("Favourite colour",)


def test_a_text_too_long_is_no_heading() -> None:
    reading = read("us-ca", as_csv([*WIDE, "x" * 700], ROW))
    assert reading.unknown_headings == ("x" * 600,)


def test_a_quote_that_is_never_closed_costs_its_own_rows_only() -> None:
    broken = b'"Broken,a.com,,\r\n' + b"filler,filler.com,,01/31/2021\r\n" * 2000
    data = as_csv(WIDE, ROW) + broken
    reading = read("us-ca", data)
    assert len(reading.filings) == 1
    assert "never closed" in reasons(reading)[3]
    many = as_csv(WIDE) + b'"Broken,a.com,,\r\n' + b"filler,filler.com,,01/31/2021\r\n" * 6000
    reading = read("us-ca", many + as_csv(ROW))
    assert [filing.name for filing in reading.filings] == ["filler", "Sample Lists"]


def test_a_file_of_another_registry_is_refused_with_what_was_expected() -> None:
    with pytest.raises(InvalidFile) as refused:
        read("us-vt", sample("ca-2026.csv"))
    assert "list.csv is not Vermont’s list" in str(refused.value)
    assert "Expected was a table with columns for name, website, expires" in str(refused.value)
    with pytest.raises(InvalidFile, match="dfcs_db_optout"):
        read("us-or", sample("tx.csv"))


@pytest.mark.parametrize("name", [
    "ca-2026.csv", "ca-2025.csv", "ca-2020-2023.csv", "or-licences.txt", "or-opt-out.csv",
    "tx.csv", "vt-2026.csv", "vt-2020.csv"])
@pytest.mark.parametrize("registry", LAYOUTS)
def test_each_file_is_of_one_registry_only(name: str, registry: str) -> None:
    if registry.removeprefix("us-") == name[:2]:
        assert read(registry, sample(name)).filings
    else:
        with pytest.raises(InvalidFile):
            read(registry, sample(name))


@pytest.mark.parametrize("data", [b"", b"\r\n", b"hello", b"\xff\xfe", b"PK\x03\x04", b"%PDF-1.7"])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidFile):
        read("us-ca", data)


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_BYTES", 1024 * 1024)
    with pytest.raises(InvalidFile, match="larger than 1 MB"):
        read("us-ca", b"x" * (1024 * 1024 + 1))
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    with pytest.raises(InvalidFile, match="more than 3 rows"):
        read("us-ca", as_csv(WIDE, ROW, ROW, ROW))


def test_a_year_that_cannot_be_is_explained() -> None:
    data = as_csv(WIDE, [*ROW[:3], "01/31/2099"], ROW)
    assert reasons(read("us-ca", data)) == {2: "its year 2099 cannot be right"}


def test_a_file_without_filings_has_no_year_and_nobody_is_gone() -> None:
    reading = read("us-ca", as_csv(WIDE))
    assert (reading.rows, reading.year) == (0, None)
    assert against(reading).gone == ()


def _zip(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return made.getvalue()


def test_a_zip_bomb_is_refused_before_it_unfolds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1024 * 1024)
    bomb = _zip(**{"xl__worksheets__sheet1.xml": b" " * (2 * 1024 * 1024)})
    assert len(bomb) < 10_000
    with pytest.raises(InvalidFile, match="unfolds to more"):
        read("us-vt", bomb)


def test_a_part_that_no_sheet_needs_is_never_unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 100_000)
    made = io.BytesIO(workbook([WIDE, ROW]))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b" " * 1_000_000)
    assert read("us-ca", made.getvalue()).filings


def _with_sheet(old: bytes, new: bytes) -> bytes:
    made = io.BytesIO()
    with (zipfile.ZipFile(io.BytesIO(workbook([WIDE, ROW]))) as before,
          zipfile.ZipFile(made, "w") as after):
        for name in before.namelist():
            part = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert old in part
                part = part.replace(old, new)
            after.writestr(name, part)
    return made.getvalue()


@pytest.mark.parametrize("place", [b'r="XFD2"', b"r='D1048576'", b'r="A9999999"'])
def test_a_cell_at_the_end_of_the_world_is_refused(place: bytes) -> None:
    with pytest.raises(InvalidFile, match="unfolds to more"):
        read("us-ca", _with_sheet(b'r="D2"', place))


@pytest.mark.parametrize("change", [
    (b'r="D2"', b'r="&#88;FD2"'), (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
    (b"<row", b"<\0row"), (b"</sheetData>", b"")])
def test_a_sheet_with_tricks_is_refused(change: tuple[bytes, bytes]) -> None:
    with pytest.raises(InvalidFile, match="damaged workbook"):
        read("us-ca", _with_sheet(*change))


@pytest.mark.parametrize("place", [b'ref="here"', b'ref="A1:D2"'])
def test_what_is_no_bad_reference_is_let_pass(place: bytes) -> None:
    assert read("us-ca", _with_sheet(b'r="D2"', b'r="D2" ' + place)).rows == 1


class _Panic(BaseException):
    """What a reader written in Rust raises when it falls over."""


@pytest.mark.parametrize(("raised", "shown"), [
    (_Panic, InvalidFile), (ValueError, InvalidFile), (KeyboardInterrupt, KeyboardInterrupt),
    (MemoryError, MemoryError)])
def test_a_reader_that_falls_over_does_not_take_the_program_along(
        monkeypatch: pytest.MonkeyPatch, raised: type[BaseException],
        shown: type[BaseException]) -> None:
    def fall(_: object) -> None:
        raise raised

    monkeypatch.setattr("python_calamine.load_workbook", fall)
    with pytest.raises(shown):
        read("us-ca", workbook([WIDE, ROW]))


def test_too_many_parts_are_refused() -> None:
    with pytest.raises(InvalidFile, match="unfolds to more"):
        read("us-ca", _zip(**{f"part{number}": b"" for number in range(401)}))


def test_a_damaged_workbook_is_refused() -> None:
    whole = workbook([WIDE, ROW])
    for end in range(4, len(whole) - 1, 397):
        with pytest.raises(InvalidFile):
            read("us-ca", whole[:end])


FUZZ = settings(max_examples=60, deadline=5000,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@FUZZ
@given(registry=st.sampled_from(sorted(LAYOUTS)), data=st.binary(max_size=4000))
def test_no_bytes_crash_an_importer(registry: str, data: bytes) -> None:
    _survives(registry, data)


@FUZZ
@given(registry=st.sampled_from(sorted(LAYOUTS)), place=st.integers(0, 20_000),
       junk=st.binary(min_size=1, max_size=60))
def test_no_damage_to_a_workbook_crashes_an_importer(registry: str, place: int,
                                                     junk: bytes) -> None:
    whole = workbook([WIDE, ROW])
    at = place % len(whole)
    _survives(registry, whole[:at] + junk + whole[at + len(junk):])


CELL = st.text(max_size=40) | st.sampled_from([
    "", "N/A", "a@b.com", "https://", "http://[::1", "x [at] y", "-1", "1e9", "9" * 400, "\u202e",
    "٣", "1/1/2026", "2/30/2026", "CA", "US", "00000", "'", '"', "a" * 3000, "@" * 2000])


@FUZZ
@given(name=st.sampled_from(["ca-2026.csv", "ca-2020-2023.csv", "or-licences.txt",
                             "or-opt-out.csv", "tx.csv", "vt-2026.csv"]), data=st.data())
def test_no_cells_crash_an_importer(name: str, data: st.DataObject) -> None:
    """Rows of any cells below true headings: each is a filing or a reject, and entries read."""
    registry = f"us-{name[:2]}"
    layouts = LAYOUTS[registry]
    best = max((sheet.read_table(sample(name), name, one.meanings.understood) for one in layouts),
               key=lambda table: table.score)
    width = len(best.headings.cells)
    rows = data.draw(st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=4))
    reading = read(registry, as_csv(best.headings.cells, *rows), year=2026)
    assert reading.rows == len(reading.filings) + len(reading.rejected)
    outcome = against(reading)
    assert len(outcome.new) <= len(reading.filings)


def _survives(registry: str, data: bytes) -> None:
    try:
        reading = read_filings(registry, data, "list.csv", newest=2026)
    except InvalidFile:
        return
    assert reading.rows == len(reading.filings) + len(reading.rejected)

"""It keeps the import contracts about the folders that exist: none escapes because it arrived after them."""

import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PRODUCT = REPOSITORY / "bersinar"
CONTRACTS = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
FOLDERS = sorted(path.parent.name for path in PRODUCT.glob("*/__init__.py"))
OUTSIDE = {"config"}


def layers(contracts):
    river = next(one for one in contracts if one["id"] == "river")
    return [name.strip() for layer in river["layers"] for name in layer.split("|")]


def uncovered(contracts, folders):
    """Folders a contract means by what lies in them and does not name themselves."""
    found = []
    for contract in contracts:
        for side in ("source_modules", "forbidden_modules"):
            named = set(contract.get(side, ()))
            found += [
                (contract["id"], folder)
                for folder in folders
                if f"bersinar.{folder}.**" in named and f"bersinar.{folder}" not in named
            ]
    return found


def test_every_folder_is_a_layer_that_must_be_there():
    assert sorted(set(FOLDERS) - OUTSIDE - set(layers(CONTRACTS))) == []


def test_no_layer_is_optional_once_its_folder_is_there():
    assert [name for name in layers(CONTRACTS) if name.strip("()") in FOLDERS and name.startswith("(")] == []


def test_a_contract_about_what_lies_in_a_folder_names_the_folder_too():
    assert uncovered(CONTRACTS, FOLDERS) == []


@pytest.mark.parametrize("folder", ["portal", "api", "offline", "referrals", "tipoffs", "volunteers"])
def test_a_folder_that_arrives_is_noticed(folder):
    assert folder in FOLDERS or uncovered(CONTRACTS, [folder])

"""Open Library's own reading of MARC, run over a file of MARCXML: one line of JSON a record.

    python3 editions.py CHECKOUT FILE.xml

Their sources are read where they lie, in a checkout of internetarchive/openlibrary. What they import and
this reading does not use is stood in for, so that nothing need be installed.
"""

import __future__

import importlib.abc
import importlib.machinery
import json
import logging
import pathlib
import re
import sys
import types
import xml.etree.ElementTree as ElementTree

logging.disable()
CHECKOUT = pathlib.Path(sys.argv[1])
NAMESPACE = "{http://www.loc.gov/MARC21/slim}"


class Sources(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds `openlibrary.…` in the checkout, and lets a Python before 3.14 read it."""

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] != "openlibrary":
            return None
        base = CHECKOUT / name.replace(".", "/")
        file = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
        spec = importlib.machinery.ModuleSpec(name, self, origin=str(file), is_package=base.is_dir())
        return spec

    def exec_module(self, module):
        file = pathlib.Path(module.__spec__.origin)
        text = re.sub(r"(?m)^( *except )([^\n(:]+,[^\n:]+):", r"\1(\2):", file.read_text("utf-8"))
        flags = __future__.annotations.compiler_flag
        exec(compile(text, str(file), "exec", flags=flags), module.__dict__)


def stand_in(name, **members):
    module = types.ModuleType(name)
    module.__dict__.update(members)
    sys.modules[name] = module
    return module


etree = stand_in("lxml.etree", _Element=ElementTree.Element)
stand_in("lxml", etree=etree)
stand_in("web")
stand_in("openlibrary", __path__=[])
stand_in("openlibrary.utils", uniq=lambda values: list(dict.fromkeys(values)))
sys.meta_path.insert(0, Sources())

from openlibrary.catalog import utils  # noqa: E402
from openlibrary.catalog.marc.marc_xml import MarcXml  # noqa: E402
from openlibrary.catalog.marc.parse import read_edition  # noqa: E402

# It is an iterator, which the first dates use up: what it finds would hang on the records before.
utils.re_date = list(utils.re_date)

for _, element in ElementTree.iterparse(sys.argv[2]):
    if element.tag != NAMESPACE + "record":
        continue
    try:
        told = {"edition": read_edition(MarcXml(element))}
    except Exception as error:  # Whatever it is, it is what they would say of the record.
        told = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(told))
    element.clear()

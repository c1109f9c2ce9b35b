"""A repository of OAI-PMH made with pyoai, on a port of the loopback that it prints.

    python3 pyoai-repository.py CHECKOUT RECORDS PAGE

CHECKOUT is a checkout of pyoai, RECORDS a file of JSON that is read anew for each request, PAGE the
records a page.
"""

import json
import sys
from datetime import datetime
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, make_server

checkout, path, page = sys.argv[1:]
sys.path.insert(0, f"{checkout}/src")

from oaipmh import common, error  # noqa: E402
from oaipmh.metadata import MetadataRegistry  # noqa: E402
from oaipmh.server import BatchingServer, oai_dc_writer  # noqa: E402


def stamp(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")


def records():
    with open(path, encoding="utf-8") as file:
        return json.load(file)


class Items:
    def identify(self):
        earliest = min(stamp(one["datestamp"]) for one in records())
        return common.Identify(
            "pyoai", url, "2.0", ["a@example.org"], earliest, "persistent",
            "YYYY-MM-DDThh:mm:ssZ", ["identity"], toolkit_description=False,
        )

    def listMetadataFormats(self, identifier=None):
        schema = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
        return [("oai_dc", schema, "http://www.openarchives.org/OAI/2.0/oai_dc/")]

    def listSets(self, cursor=0, batch_size=10):
        sets = sorted({one for record in records() for one in record["sets"]})
        return [(one, one, "") for one in sets][int(cursor):][:batch_size]

    def listRecords(self, metadataPrefix, set=None, from_=None, until=None, cursor=0, batch_size=10):
        found = [
            one
            for one in records()
            if (set is None or any(f"{spec}:".startswith(f"{set}:") for spec in one["sets"]))
            and (from_ is None or stamp(one["datestamp"]) >= from_)
            and (until is None or stamp(one["datestamp"]) <= until)
        ]
        return [self.record(one) for one in found[int(cursor):][:batch_size]]

    def listIdentifiers(self, **asked):
        return [header for header, _, _ in self.listRecords(**asked)]

    def getRecord(self, metadataPrefix, identifier):
        for one in records():
            if f"oai:r.example.org:{one['id']}" == identifier:
                return self.record(one)
        raise error.IdDoesNotExistError(identifier)

    def record(self, one):
        identifier = f"oai:r.example.org:{one['id']}"
        header = common.Header(
            None, identifier, stamp(one["datestamp"]), one["sets"], one["deleted"]
        )
        return header, common.Metadata(None, one["dc"]), None


registry = MetadataRegistry()
registry.registerWriter("oai_dc", oai_dc_writer)
repository = BatchingServer(Items(), registry, resumption_batch_size=int(page))


def answer(environ, start_response):
    body = repository.handleRequest(dict(parse_qsl(environ["QUERY_STRING"])))
    start_response("200 OK", [("Content-Type", "text/xml; charset=utf-8")])
    return [body]


class Silent(WSGIRequestHandler):
    def log_message(self, *_):
        pass


server = make_server("127.0.0.1", 0, answer, handler_class=Silent)
url = f"http://127.0.0.1:{server.server_port}/oai"
print(url, flush=True)
server.serve_forever()

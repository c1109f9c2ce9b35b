import { describe, expect, it } from "vitest";
import { resolverAddress, webAddress } from "../../../src/mapping/dc/urls.js";
import { harvested, map, mapperOf, repositoryWith, valuesOf } from "./support.js";

const MAP = "dc:identifier = url";

function identifiers(pre: string, ...texts: string[]): Record<string, string> {
  const record = texts.map((text) => {
    const typed = text.startsWith("URI ");
    return [
      typed ? "dc:identifier{dct:URI}" : "dc:identifier",
      typed ? text.slice(4) : text,
    ] as const;
  });
  return map({ map: MAP, pre }, record);
}

/** Why a record with these identifiers is left out, null if it is not. */
function ignored(pre: string, ...texts: string[]): string | null {
  const config = repositoryWith({ map: MAP, pre: `verify_single_valid_url = true\n${pre}` });
  const record = harvested(texts.map((text) => ["dc:identifier", text] as const));
  return mapperOf(config).map(record).ignore?.code ?? null;
}

describe("the url among identifiers", () => {
  it("is an address; handles, numbers and words are not", () => {
    const record = ["Sample id 27", "hdl:2200/1", "oai:x.org:1", "http://x.org/a?id=1"];
    expect(identifiers("", ...record)).toEqual({ url: "http://x.org/a?id=1" });
  });

  it("is the one that says that it is a URI, else the first that no resolver leads to, else the first", () => {
    const doi = "https://doi.org/10.1/x";
    const handle = "http://hdl.handle.net/1/2";
    expect(identifiers("", doi, "http://a.org/", "URI http://b.org/")).toEqual({
      url: "http://b.org/",
      other_urls: `;${doi};http://a.org/;`,
    });
    expect(identifiers("", doi, handle, "http://a.org/").url).toBe("http://a.org/");
    expect(identifiers("", handle, doi).url).toBe(handle);
  });

  it("is cleaned, mended, and the same address counts once", () => {
    const record = ["HTTP://X.org:80/%7ea", "http:http://x.org/%7Ea", "http://x.org/b;c"];
    expect(identifiers("", ...record)).toEqual({
      url: "http://x.org/%7Ea",
      other_urls: ";http://x.org/b%3Bc;",
    });
  });

  it("may stand in one text with others", () => {
    expect(identifiers("", "http://a.org/, http://b.org/?u=http://c.org/")).toEqual({
      url: "http://a.org/",
      other_urls: ";http://b.org/?u=http://c.org/;",
    });
  });

  it("is the first text as it stands where invalid ones are not discarded", () => {
    const record = ["hdl:2200/1", "http://a.org/", "ISSN 0028-0836"];
    expect(identifiers("discard_invalid_urls = false", ...record)).toEqual({
      url: "hdl:2200/1",
      other_urls: ";http://a.org/;",
      issn: ";0028-0836;",
    });
  });

  it("is made of a DOI or a handle where that is asked for and there is no other", () => {
    const pre = "resolver_urls = true";
    expect(identifiers(pre, "doi:10.1000/a#b").url).toBe("https://doi.org/10.1000/a%23b");
    expect(identifiers(pre, "hdl:2027/x", "10.1000/a").url).toBe("https://hdl.handle.net/2027/x");
    expect(identifiers(pre, "10.1000/a", "http://a.org/").url).toBe("http://a.org/");
    expect(identifiers("", "10.1000/a")).toEqual({});
  });

  it("that comes from the defaults makes no match key", () => {
    const config = repositoryWith({ map: MAP, defaults: "url = http://d.org/" });
    const mapped = mapperOf(config).map(harvested([]));
    expect(valuesOf(config, mapped).url).toBe("http://d.org/");
    expect(mapped.urlIsFallback).toBe(true);
    const own = mapperOf(config).map(harvested([["dc:identifier", "http://a.org/"]]));
    expect(own.urlIsFallback).toBe(false);
  });
});

describe("verify_single_valid_url", () => {
  it("lets a record by that has one, however often", () => {
    expect(ignored("", "http://a.org/", "x", "http://A.org")).toBeNull();
    expect(ignored("", "http://a.org/", "http://a.org/")).toBeNull();
  });

  it("leaves out records with none or several, and says which", () => {
    expect(ignored("", "hdl:1/2")).toBe("no-url");
    expect(ignored("")).toBe("no-url");
    expect(ignored("", "http://a.org/", "http://b.org/")).toBe("several-urls");
    expect(ignored("discard_invalid_urls = false", "x", "http://a.org/")).toBeNull();
  });
});

describe("standard numbers among identifiers", () => {
  it.each([
    ["urn:isbn:0306406152", { isbn: ";9780306406157;" }],
    ["ISBN 978-0-306-40615-7", { isbn: ";9780306406157;" }],
    ["ISBN-13: 9780306406157", { isbn: ";9780306406157;" }],
    ["0-306-40615-2", { isbn: ";9780306406157;" }],
    ["URN:ISSN:0028-0836", { issn: ";0028-0836;" }],
    ["0028-0836", { issn: ";0028-0836;" }],
    ["issn: 00280836", { issn: ";0028-0836;" }],
  ])("%s", (text, values) => {
    expect(identifiers("", text)).toEqual(values);
  });

  it.each([
    "0306406152",
    "00280836",
    "0-306-40615-3",
    "0028-0837",
    "ISBN",
    "isbnx 0306406152",
    "12-34",
  ])("%s is none, and nobody is warned", (text) => {
    const config = repositoryWith({ map: MAP });
    const mapped = mapperOf(config).map(harvested([["dc:identifier", text]]));
    expect(valuesOf(config, mapped)).toEqual({});
    expect(mapped.diagnostics).toEqual([]);
  });
});

describe("webAddress", () => {
  it.each([
    "",
    "x",
    "www.x.org",
    "mailto:a@x.org",
    "urn:nbn:de:1",
    "http://",
    "http: gone",
    "http://%%%/",
    "file:///etc",
    "javascript:alert(1)",
    "http://not a host/",
  ])("refuses %s", (text) => {
    expect(webAddress(text)).toBe("");
  });

  it("takes what has a host", () => {
    expect(webAddress(" ftp://x.org/a b ")).toBe("ftp://x.org/a%20b");
    expect(webAddress("http://localhost:8080/x")).toBe("http://localhost:8080/x");
  });
});

it.each(["10.1000", "10/x", "doi:x", "hdl:x", "2027/x", "http://doi.org/10.1000/x"])(
  "%s is neither a DOI nor a handle",
  (text) => {
    expect(resolverAddress(text)).toBe("");
  },
);

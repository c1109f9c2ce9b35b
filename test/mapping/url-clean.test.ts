import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonizeUrl, cleanUrl } from "../../src/fields/url-clean.js";
import { fuzzyUrlKey } from "../../src/matching/url-key.js";
import { urlish } from "./urlish.js";

describe("cleanUrl", () => {
  it.each([
    ["http://www.nzdl.org/", "http://www.nzdl.org/"],
    ["  http://www.nzdl.org/ \n", "http://www.nzdl.org/"],
    ["HTTP://WWW.Example.COM/Path/File.HTML", "http://www.example.com/Path/File.HTML"],
    ["www.example.com/a", "http://www.example.com/a"],
    ["example.com:8080/a", "http://example.com:8080/a"],
    ["//example.com/a", "http://example.com/a"],
    ["www.example.com/go?to=http://x.org/", "http://www.example.com/go?to=http://x.org/"],
    ["http//www.example.com/", "http://www.example.com/"],
    ["http:/www.example.com/", "http://www.example.com/"],
    ["http:\\\\www.example.com\\a", "http://www.example.com/a"],
    ["http://http://www.example.com/", "http://www.example.com/"],
    ["http://https://www.example.com/", "https://www.example.com/"],
    ["http://example.com:80/a", "http://example.com/a"],
    ["https://example.com:443/a", "https://example.com/a"],
    ["http://example.com:443/a", "http://example.com:443/a"],
    ["ftp://example.com:21/a", "ftp://example.com/a"],
    ["http://example.com:/a", "http://example.com/a"],
    ["http://example.com:0080/a", "http://example.com/a"],
    ["http://example.com/a/./b/../c", "http://example.com/a/c"],
    ["http://example.com/../../a", "http://example.com/a"],
    ["http://example.com/a/..", "http://example.com/"],
    ["http://example.com/.hidden/..a", "http://example.com/.hidden/..a"],
    ["http://example.com/%7euser/%c3%a9", "http://example.com/%7Euser/%C3%A9"],
    ["http://example.com/~user", "http://example.com/~user"],
    ["http://example.com/a b", "http://example.com/a%20b"],
    ["http://example.com/a\nb", "http://example.com/ab"],
    ["http://example.com/<a>{b}|c", "http://example.com/%3Ca%3E%7Bb%7D%7Cc"],
    ["http://example.com/100%", "http://example.com/100%25"],
    ["http://example.com/caf\u00e9", "http://example.com/caf%C3%A9"],
    ["http://example.com/\ud800x", "http://example.com/%EF%BF%BDx"],
    ["http://example.com?q=a b#c d", "http://example.com?q=a%20b#c%20d"],
    ["http://example.com/a?b[]=1", "http://example.com/a?b%5B%5D=1"],
    ["http://b\u00fccher.example/", "http://xn--bcher-kva.example/"],
    ["http://user:pw@Example.com/a", "http://user:pw@example.com/a"],
    ["http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"],
    ["MAILTO:someone@example.com", "mailto:someone@example.com"],
    ["news:comp.infosystems", "news:comp.infosystems"],
    ["file:///C:/data/a b.txt", "file:///C:/data/a%20b.txt"],
    ["urn:nbn:de:101:1-201102033592", "urn:nbn:de:101:1-201102033592"],
    ["gopher://Gopher.Example.org/11", "gopher://gopher.example.org/11"],
    ["", ""],
    [" \t ", ""],
    ["http://", ""],
    ["https:///", ""],
  ])("%j becomes %j", (text, clean) => {
    expect(cleanUrl(text)).toBe(clean);
  });

  it("changes nothing the second time, gives ASCII without blanks, and never throws", () => {
    fc.assert(
      fc.property(urlish, (text) => {
        const once = cleanUrl(text);
        expect(cleanUrl(once)).toBe(once);
        expect(once).toMatch(/^[!-~]*$/);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("canonizeUrl", () => {
  it.each([
    ["http://nzdl.org", "http://www.nzdl.org/"],
    ["http://nzdl.org/welcome.html", "http://www.nzdl.org/"],
    ["http://www.nzdl.org/", "http://www.nzdl.org/"],
    ["http://nzdl.org/cstr/", "http://nzdl.org/cstr"],
    ["https://doi.org/10.1000/182", "https://doi.org/10.1000/182"],
    ["http://purl.example.org/", "http://purl.example.org/"],
    ["http://www2.example.org/a/Index.HTM", "http://www2.example.org/a"],
    ["http://example.org/a/?&", "http://example.org/a"],
    ["http://example.org/a/?x=1&&y=2&", "http://example.org/a/?x=1&y=2"],
    ["http://example.org/%7Euser/", "http://example.org/~user"],
    [
      "http://example.org/a;jsessionid=E85FAC04E331FFCA55549B10B7C7A4FA?x=1",
      "http://example.org/a?x=1",
    ],
    ["http://example.org/a/index.html#part2", "http://example.org/a#part2"],
    ["mailto:someone@example.com", "mailto:someone@example.com"],
    ["192.168.1.1", "http://192.168.1.1/"],
    ["", ""],
  ])("%j becomes %j", (text, canonical) => {
    expect(canonizeUrl(text)).toBe(canonical);
  });

  it("is clean, changes nothing the second time, and never changes what the fuzzy key compares", () => {
    fc.assert(
      fc.property(urlish, (text) => {
        const once = canonizeUrl(text);
        expect(cleanUrl(once)).toBe(once);
        expect(canonizeUrl(once)).toBe(once);
        expect(fuzzyUrlKey(once)).toBe(fuzzyUrlKey(text));
      }),
      { numRuns: 3000 },
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzzyUrlKey } from "../../src/matching/url-key.js";
import { urlish } from "../mapping/urlish.js";

function same(one: string, other: string): boolean {
  return fuzzyUrlKey(one) === fuzzyUrlKey(other);
}

describe("fuzzyUrlKey", () => {
  it.each([
    "http://www.nzdl.org",
    "http://nzdl.org/",
    "http://www.nzdl.org/welcome.html",
    "https://nzdl.org/index.php5",
    "http://NZDL.org:80/MAIN.ASP",
    "www.nzdl.org",
    "http://www2.nzdl.org/",
    "http://www.nzdl.org./",
    "http://guest@nzdl.org/",
    "https://www.nzdl.org:443//index.html#top",
    "https://nzdl.org:80/",
    "http://nzdl.org/?",
    "http://nzdl.org/?&jsessionid=0123456789abcdef",
    "http://nzdl.org/;jsessionid=E85FAC04E331FFCA55549B10B7C7A4FA",
    "http://nzdl.org/a/../%69ndex.html",
  ])("counts %j as the home page of nzdl.org", (url) => {
    expect(fuzzyUrlKey(url)).toBe("http://nzdl.org");
  });

  it.each([
    "http://www.nzdl.org/cstr/",
    "http://www.nzdl.org/home.html",
    "http://www.nzdl.org:8080/",
    "http://library.nzdl.org/",
    "ftp://www.nzdl.org/",
    "http://www.nzdl.org/index.php?id=5",
    "http://www.nzdl.org/#!/about",
    "http://www.nzdl.com/",
  ])("does not count %j as the home page of nzdl.org", (url) => {
    expect(fuzzyUrlKey(url)).not.toBe("http://nzdl.org");
  });

  it.each([
    ["http://x.org/a", "https://www.x.org/a/"],
    ["http://x.org/a//b", "http://x.org/a/b"],
    ["http://x.org/a/?x=1", "http://x.org/a?x=1&"],
    ["http://x.org/~a", "http://x.org/%7Ea"],
    ["http://x.org/?a=1&PHPSESSID=9682993c8daa2c5497996114facdc805&b=2", "http://x.org/?a=1&b=2"],
    ["http://x.org/?a=1&sid=9682993c8daa2c5497996114facdc805", "http://x.org/?a=1"],
    ["http://x.org/?ASPSESSIONIDAQBSDSRT=EOHBLBDDPFCLHKPGGKLILNAM&a=1", "http://x.org/?a=1"],
    ["http://x.org/?CFID=12412453&CFTOKEN=15501799&a=1", "http://x.org/?a=1"],
    ["http://x.org/b%3Bjsessionid=E85FAC04E331FFCA55549B10B7C7A4FA", "http://x.org/b"],
    ["http://x.org/(S(4hqa0555fwsecu455xqckv45))/m.aspx?p=1", "http://x.org/m.aspx?p=1"],
    ["http://x.org/(4hqa0555fwsecu455xqckv45)/m.aspx", "http://x.org/m.aspx"],
  ])("counts %j and %j as the same", (one, other) => {
    expect(same(one, other)).toBe(true);
  });

  it.each([
    ["letter case of a path", "http://x.org/vol/aB3", "http://x.org/vol/Ab3"],
    ["letter case of a query", "http://x.org/?id=aB3", "http://x.org/?id=Ab3"],
    ["order of parameters", "http://x.org/?a=1&b=2", "http://x.org/?b=2&a=1"],
    ["a short sid, which is an id", "http://x.org/?sid=12", "http://x.org/?sid=13"],
    ["a lone cfid, which may be an id", "http://x.org/?cfid=12", "http://x.org/?cfid=13"],
    ["a script's route", "http://x.org/#/record/12", "http://x.org/#/record/13"],
    ["what an encoded slash divides", "http://x.org/a%2Fb", "http://x.org/a/b"],
    ["mail addresses", "mailto:a@x.org", "mailto:b@x.org"],
  ])("keeps %s apart", (_what, one, other) => {
    expect(same(one, other)).toBe(false);
  });

  it("leaves a host of www and a top-level domain whole", () => {
    expect(fuzzyUrlKey("http://www.com/")).toBe("http://www.com");
  });

  it("gives no key where no host is left, and the same key for a key", () => {
    expect(fuzzyUrlKey("http://www../")).not.toBe("http://");
    expect(fuzzyUrlKey("http://../")).toBe("");
    fc.assert(
      fc.property(urlish, (text) => {
        const key = fuzzyUrlKey(text);
        expect(fuzzyUrlKey(key)).toBe(key);
      }),
      { numRuns: 3000 },
    );
  });
});

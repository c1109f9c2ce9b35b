import { describe, expect, it } from "vitest";
import { isUsableUrl } from "../../src/mapping/marc/url.js";
import type { FieldOf } from "../support/record-view.js";
import { mapOne } from "./support.js";

const ID: FieldOf = ["001", "a/b 1"];

function urls(config: string, ...fields: FieldOf[]) {
  const mapped = mapOne(config, { fields: [ID, ...fields] });
  return { ...mapped, url: mapped.value("url"), others: mapped.value("other_urls") };
}

describe("url", () => {
  it("prefers the resource itself over related ones, and keeps the others", () => {
    const { url, others } = urls(
      "",
      ["856", "42", "uhttp://related.org/"],
      ["856", "40", "uhttp://a.org/1", "uhttp://a.org/2"],
      ["856", "4 ", "uhttp://blank.org/x;y"],
    );
    expect(url).toBe("http://a.org/1");
    expect(others).toBe(";http://a.org/2;http://blank.org/x%3By;http://related.org/;");
  });

  it("cleans as told", () => {
    const field: FieldOf = ["856", "40", "u WWW.Example.ORG:80/a b "];
    expect(urls("[url]\nclean_up = clean", field).url).toBe("http://www.example.org/a%20b");
    expect(urls("[url]\nclean_up = none", field).url).toBe("WWW.Example.ORG:80/a b");
  });

  it("counts equal URLs once, also those that cleaning makes equal", () => {
    const { url, others } = urls(
      "",
      ["856", "40", "uhttp://a.org/"],
      ["856", "40", "uHTTP://A.org:80/"],
    );
    expect([url, others]).toEqual(["http://a.org/", ""]);
  });

  it("passes over mere text with a warning", () => {
    const mapped = urls("", ["856", "40", "uClick here"], ["856", "41", "uwww.a.org"]);
    expect(mapped.url).toBe("http://www.a.org");
    expect(mapped.record.diagnostics).toMatchObject([
      { code: "M503", field: "856[1]", found: "Click here" },
    ]);
  });

  it.each([
    ["http://a.org/x http://b.org/y", "http://b.org/y"],
    ["http://a.org/x, http://b.org/y", "http://b.org/y"],
    ["http://a.org/x|https://b.org/y", "https://b.org/y"],
    ["http://a.org/x;http://b.org/y", "http://b.org/y"],
    ["http://a.org/x ; http://b.org/y , http://c.org", "http://b.org/y;http://c.org"],
    ["www.a.org/x http://b.org/y", "http://b.org/y"],
    ["http://a.org/xhttp://b.org/y", "http://b.org/y"],
    ["http://a.org/x – http://b.org/y", "http://b.org/y"],
    ["http://a.org/x and ftp://b.org/y", "ftp://b.org/y"],
  ])("takes the URLs of %j apart", (text, rest) => {
    const mapped = urls("", ["856", "40", `u${text}`]);
    expect([mapped.url.replace("www.", ""), mapped.others]).toEqual([
      "http://a.org/x",
      `;${rest};`,
    ]);
    expect(mapped.record.diagnostics).toMatchObject([{ code: "M504", field: "856[1]" }]);
  });

  it.each([
    "<http://a.org/x>",
    "<URL:http://a.org/x>",
    "< http://a.org/x >",
    "URL: http://a.org/x",
    "(http://a.org/x)",
    '"http://a.org/x"',
  ])("takes the URL out of %s", (text) => {
    const mapped = urls("", ["856", "40", `u${text}`]);
    expect([mapped.url, mapped.others, mapped.codes()]).toEqual(["http://a.org/x", "", []]);
  });

  it("finds the URL behind words, and leaves them out", () => {
    const mapped = urls("", ["856", "40", "uClick here: http://a.org/x"]);
    expect([mapped.url, mapped.others]).toEqual(["http://a.org/x", ""]);
    expect(mapped.codes()).toEqual(["M504", "M503"]);
  });

  it("keeps a note behind a URL, and tells of it", () => {
    const mapped = urls("", ["856", "40", "uhttp://a.org/x (p. 1-8)"]);
    expect(mapped.url).toBe("http://a.org/x%20(p.%201-8)");
    expect(mapped.codes()).toEqual(["M504"]);
    const cut = urls("[url]\na = 856 * * u /\\ .*//", ["856", "40", "uhttp://a.org/x (p. 1-8)"]);
    expect([cut.url, cut.codes()]).toEqual(["http://a.org/x", []]);
  });

  it.each([
    "https://proxy.org/login?url=https://a.org/",
    "http://web.org/2020/http://a.org/",
    "http://a.org/?u=http%3A//b.org",
    "http://a.org/x(1)",
    "https://web.org/web/2020id_/http://a.org/x",
  ])("leaves %s whole", (text) => {
    const mapped = urls("", ["856", "40", `u${text}`]);
    expect([mapped.url, mapped.others, mapped.codes()]).toEqual([text, "", []]);
  });

  it("adds what [other_urls] finds", () => {
    const config = '[other_urls]\nfallback_value = "http://none.org/"\na = 530 * * u';
    const mapped = urls(
      config,
      ["530", "  ", "uhttp://paper.org/"],
      ["856", "40", "uhttp://a.org/"],
      ["856", "40", "uhttp://b.org/"],
    );
    expect(mapped.others).toBe(";http://paper.org/;http://b.org/;");
    expect(urls(config).others).toBe(";http://none.org/;");
  });

  it("makes a URL of the percent-encoded foreign id where there is none", () => {
    const config = '[url]\nfallback_pattern = "http://x.org/v?id=CONTROL_NO#CONTROL_NO"';
    const made = urls(config);
    expect(made.url).toBe("http://x.org/v?id=a%2Fb%201#a%2Fb%201");
    expect(made.record.urlIsFallback).toBe(true);
    const found = urls(config, ["856", "40", "uhttp://a.org/"]);
    expect(found.url).toBe("http://a.org/");
    expect(found.record.urlIsFallback).toBe(false);
    expect(urls("").url).toBe("");
  });

  it.each([
    "http://a",
    "https://a.org/x y",
    "HTTP://A.ORG",
    "ftp://a.org/",
    "http:/www.a.org/",
    "http//www.a.org",
    "mailto:a@b.org",
    "www.a.org",
    "a.org:8080/x",
    "пример.рф/путь",
    "192.0.2.1/x",
  ])("%j is usable", (text) => {
    expect(isUsableUrl(text)).toBe(true);
  });

  it.each(["", "http://", "Click here", "10.1000/182", "e.g.", "urn:nbn:fi-1", "see a.org"])(
    "%j is not",
    (text) => {
      expect(isUsableUrl(text)).toBe(false);
    },
  );
});

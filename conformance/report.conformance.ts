/**
 * The report page of a real run, and the page of all sources, in a real browser: nothing on its console, nothing from the network,
 * and something to be seen in light, dark, narrow and print form. Needs Chromium and the real files.
 */

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { elementsOf } from "../test/support/well-formed.js";
import { corpusPath } from "./support/corpora.js";

const ROOT = resolve(import.meta.dirname, "..");
const FILE = corpusPath("gpo-geographic/MTU_match_records.mrc");
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
  // The browser itself stays at home, too.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** An event of Chromium's log of the network, as far as it matters here. */
interface NetEvent {
  readonly params?: { readonly url?: string; readonly initiator?: string };
}

describe.runIf(CHROMIUM && existsSync(FILE))("the pages in Chromium", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "marc-import-report-"));
    const args = ["etc/sample.conf", FILE, "--database", join(folder, "a.sqlite")];
    const places = ["--log-dir", join(folder, "log"), "--report", join(folder, "page.html")];
    const run = spawnSync(join(ROOT, "bin/MARC_import"), [...args, ...places], { cwd: ROOT });
    expect(run.status).toBe(0);
    const jobs = [
      "runs",
      "etc/sample.conf",
      "etc/vendor.conf",
      "--html",
      join(folder, "jobs.html"),
    ];
    const page = spawnSync(
      join(ROOT, "bin/MARC_import"),
      [...jobs, ...args.slice(2), ...places.slice(0, 2)],
      { cwd: ROOT },
    );
    expect(page.status).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function browse(page: string, ...flags: string[]) {
    const log = join(folder, "net.json");
    const own = [`--user-data-dir=${join(folder, "profile")}`, `--log-net-log=${log}`];
    const logging = ["--enable-logging=stderr", "--log-level=0"];
    const all = [...FLAGS, ...own, ...logging, ...flags, `file://${join(folder, page)}`];
    const ran = spawnSync(CHROMIUM ?? "", all, { encoding: "utf8", timeout: 120_000 });
    const console = ran.stderr.split("\n").filter((line) => line.includes(":CONSOLE"));
    return { status: ran.status, console, requests: requestsIn(log) };
  }

  /** Addresses that the page asked for; what the browser wants for itself has no origin. */
  function requestsIn(log: string): string[] {
    const { events } = JSON.parse(readFileSync(log, "utf8")) as { events: NetEvent[] };
    const asked = events.flatMap(({ params }) =>
      params?.url && params.initiator && params.initiator !== "not an origin" ? [params.url] : [],
    );
    return [...new Set(asked)];
  }

  it("would be caught asking for something", () => {
    writeFileSync(join(folder, "asks.html"), '<!doctype html><img src="http://127.0.0.1:9/a.png">');
    const { console, requests } = browse("asks.html", `--screenshot=${join(folder, "asks.png")}`);
    expect(requests).toEqual(["http://127.0.0.1:9/a.png"]);
    writeFileSync(join(folder, "says.html"), "<!doctype html><script>console.error(1)</script>");
    expect(console).toEqual([]);
    const said = browse("says.html", `--screenshot=${join(folder, "says.png")}`);
    expect(said.console).toHaveLength(1);
  });

  describe.each([
    ["page.html", 50_000],
    ["jobs.html", 20_000],
  ])("%s", (page, least) => {
    it.each([
      ["light", ["--window-size=1200,3000"]],
      ["dark", ["--window-size=1200,3000", "--blink-settings=preferredColorScheme=0"]],
      ["narrow", ["--window-size=500,3000"]],
    ])("is seen in its %s form, without an error or a request", (name, flags) => {
      const picture = join(folder, `${page}.${name}.png`);
      const { status, console, requests } = browse(page, ...flags, `--screenshot=${picture}`);
      expect(status).toBe(0);
      expect(console).toEqual([]);
      expect(requests).toEqual([]);
      expect(statSync(picture).size).toBeGreaterThan(least);
    });

    it("prints", () => {
      const paper = join(folder, `${page}.pdf`);
      const { status, console, requests } = browse(page, `--print-to-pdf=${paper}`);
      expect([status, console, requests]).toEqual([0, [], []]);
      expect(readFileSync(paper).subarray(0, 5).toString()).toBe("%PDF-");
    });
  });

  it("is well-formed", () => {
    const page = readFileSync(join(folder, "page.html"), "utf8");
    expect(elementsOf(page).filter(({ name }) => name === "svg").length).toBeGreaterThan(5);
  });
});

import { describe, expect, it } from "vitest";
import { duration, Progress, type ProgressStream } from "../../src/cli/progress.js";
import { noTotals } from "../../src/store/model/totals.js";

/** A stream that keeps what is written, and a clock to be turned by hand. */
class Screen implements ProgressStream {
  written: string[] = [];
  now = 0;
  private listener: (() => void) | null = null;

  constructor(
    readonly isTTY: boolean,
    public columns = 80,
  ) {}

  write(text: string): void {
    this.written.push(text);
  }
  on(_: "resize", listener: () => void): void {
    this.listener = listener;
  }
  off(_: "resize", listener: () => void): void {
    if (this.listener === listener) this.listener = null;
  }
  resize(columns: number): void {
    this.columns = columns;
    this.listener?.();
  }
  get last(): string {
    return this.written.at(-1) ?? "";
  }
}

const WIPE = "\r\u001b[J";

function state(recordsRead: number, bytesRead: number, bytes: number | null = 1000) {
  const totals = { ...noTotals(), recordsRead };
  totals.outcomes.created = recordsRead - 1;
  totals.outcomes.rejected = 1;
  return { tally: { totals }, inputs: [{ bytes, bytesRead }] };
}

function shown(screen: Screen): string {
  const line = /^\u001b\[\?7l(.*)\u001b\[\?7h\r$/.exec(screen.last.replace(WIPE, ""));
  return line?.[1] ?? screen.last;
}

describe("the progress line", () => {
  const start = (screen: Screen) => {
    const progress = new Progress(screen, () => screen.now);
    progress.show(state(1000, 100));
    screen.now = 10_000;
    return progress;
  };

  it("tells records, share, time left, rate and outcomes", () => {
    const screen = new Screen(true);
    start(screen).show(state(6000, 600));
    expect(shown(screen)).toBe("6,000 records  60 %  ETA 0:08  500/s  rejected 1  created 5,999");
  });

  it("of a resumed run begins where the file goes on, and reckons with its own speed", () => {
    const screen = new Screen(true);
    const progress = new Progress(screen, () => screen.now);
    progress.show(state(9000, 900));
    expect(shown(screen)).toBe("9,000 records  90 %  rejected 1  created 8,999");
    screen.now = 10_000;
    progress.show(state(9500, 950));
    expect(shown(screen)).toBe("9,500 records  95 %  ETA 0:10  50/s  rejected 1  created 9,499");
  });

  it("leaves out what is needed least in a narrow window, and never wraps", () => {
    const screen = new Screen(true);
    const progress = start(screen);
    progress.show(state(6000, 600));
    for (let columns = 80; columns >= 2; columns--) {
      screen.resize(columns);
      const line = shown(screen);
      expect(line.length).toBeLessThan(columns);
      expect("6,000 records  60 %  ETA 0:08  500/s  rejected 1  created 5,999").toContain(line);
    }
    screen.resize(24);
    expect(shown(screen)).toBe("6,000 records  60 %");
  });

  it("waits at the beginning of its line, so that whatever is left of it can be wiped", () => {
    const screen = new Screen(true);
    const progress = start(screen);
    progress.show(state(6000, 600));
    for (const text of screen.written) {
      expect(text.startsWith(WIPE)).toBe(true);
      expect(text.endsWith("\r")).toBe(true);
    }
    progress.end();
    expect(screen.last).toBe(WIPE);
  });

  it("shows nothing any more once it has ended", () => {
    const screen = new Screen(true);
    const progress = start(screen);
    progress.end();
    const before = screen.written.length;
    screen.resize(40);
    progress.end();
    expect(screen.written).toHaveLength(before);
  });

  it("does not redraw for every record", () => {
    const screen = new Screen(true);
    const progress = start(screen);
    progress.show(state(6000, 600));
    const before = screen.written.length;
    for (let i = 0; i < 100; i++) progress.show(state(6000 + i, 600));
    expect(screen.written).toHaveLength(before);
  });

  it("knows no share of a pipe", () => {
    const screen = new Screen(true);
    start(screen).show(state(6000, 600, null));
    expect(shown(screen)).toBe("6,000 records  500/s  rejected 1  created 5,999");
  });

  it("of a run that is over at the first look is one plain line, without a rate", () => {
    const screen = new Screen(false);
    const progress = new Progress(screen, () => screen.now++);
    progress.show(state(66, 1000));
    progress.end();
    expect(screen.written).toEqual(["66 records  100 %  rejected 1  created 65\n"]);
  });

  it("asked for where there is no terminal, writes plain lines now and then", () => {
    const screen = new Screen(false);
    const progress = start(screen);
    progress.show(state(6000, 600));
    screen.now = 12_000;
    progress.show(state(7000, 700));
    progress.end();
    progress.end();
    expect(screen.written).toHaveLength(2);
    expect(screen.written.join("")).not.toContain("\r");
    expect(screen.last, "how it ended").toMatch(/^7,000 records .*\n$/);
  });
});

describe("a duration", () => {
  it.each([
    [0, "0:00"],
    [59.6, "1:00"],
    [3723, "1:02:03"],
  ])("of %d seconds is %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

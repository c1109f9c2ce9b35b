import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import type { Database } from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Failure } from "../../src/diagnostics/failure.js";
import type { RecordField } from "../../src/fields/record-fields.js";
import { SqliteDatabase } from "../../src/store/sqlite/file/engine.js";
import { openDatabase } from "../../src/store/sqlite/file/open-database.js";
import { migrate, SCHEMA_VERSION } from "../../src/store/sqlite/file/schema.js";
import { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { trialCopy } from "../../src/store/sqlite/file/trial-copy.js";
import { Columns } from "../../src/store/sqlite/rows/columns.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";
import { testConfig } from "../support/test-config.js";

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let database: TestDatabase;

beforeEach(() => {
  folder = temporaryFolder();
  path = `${folder.path}/test.sqlite`;
  database = new TestDatabase(path);
});
afterEach(() => folder.remove());

function failure(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    return error as Failure;
  }
  throw new Error("nothing was thrown");
}

const open = (options = {}) => SqliteStore.open(testConfig({ path }), options);

describe("a database that is not there", () => {
  it("is created, with its schema and its mark", () => {
    open().close();
    otherProgram(path, (db) => {
      expect(db.pragma("user_version", { simple: true })).toBe(SCHEMA_VERSION);
      expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
      expect(db.prepare("SELECT count(*) FROM record_info").pluck().get()).toBe(0);
    });
    expect(existsSync(`${path}-wal`), "everything is in the file itself").toBe(false);
  });

  it.each(["user_version", "application_id"])(
    "is not taken for another program's while another importer makes it, after %s was read",
    (moment) => {
      const { pragma } = SqliteDatabase.prototype;
      let tried = false;
      const spy = vi.spyOn(SqliteDatabase.prototype, "pragma");
      spy.mockImplementation(function (this: Database, ...asked) {
        const answer = pragma.apply(this, asked);
        if (tried || asked[0] !== moment) return answer;
        tried = true;
        try {
          openDatabase({ path, journal: "wal", busyTimeout: 0 }).close();
        } catch (error) {
          // It may have to wait for the one that is looking.
          expect(error).toMatchObject({ kind: "locked" });
        }
        return answer;
      });
      try {
        open().close();
      } finally {
        spy.mockRestore();
      }
      expect(tried).toBe(true);
    },
  );

  it("is not created where only reading is wanted", () => {
    expect(failure(() => open({ readOnly: true }))).toMatchObject({ kind: "cannot-open" });
    expect(existsSync(path)).toBe(false);
  });

  it("is not created in a folder that is not there", () => {
    path = `${folder.path}/no/such/test.sqlite`;
    const error = failure(() => open());
    expect(error).toMatchObject({ kind: "cannot-open", exitStatus: 4 });
    expect(error.message).toContain(path);
    expect(existsSync(`${folder.path}/no`)).toBe(false);
  });
});

describe("a path at which no database can be", () => {
  it.each<[string, RegExp, () => string]>([
    ["a device", /is a device/, () => "/dev/null"],
    ["a directory", /is a directory/, () => folder.path],
    ["a FIFO", /is a FIFO/, () => fifo()],
    ["a link to a FIFO", /is a FIFO/, () => linkTo(fifo())],
    ["a circle of links", /ELOOP/, () => linkTo(`${folder.path}/link`)],
    ["below a file", /its folder is a file/, () => below()],
  ])("is refused by every opening: %s", async (_, message, make) => {
    path = make();
    for (const readOnly of [true, false]) {
      const error = failure(() => open({ readOnly }));
      expect(error).toMatchObject({ kind: "cannot-open", exitStatus: 4 });
      expect(error.message).toMatch(message);
    }
    // A copy of a FIFO would wait for somebody to write to it.
    await expect(trialCopy(path)).rejects.toMatchObject({ exitStatus: 4 });
  });

  const fifo = () => {
    execFileSync("mkfifo", [`${folder.path}/fifo`]);
    return `${folder.path}/fifo`;
  };
  const linkTo = (target: string) => {
    symlinkSync(target, `${folder.path}/link`);
    return `${folder.path}/link`;
  };
  const below = () => {
    writeFileSync(`${folder.path}/file`, "");
    return `${folder.path}/file/test.sqlite`;
  };
});

describe("a file that is no database of ours", () => {
  it.each([
    ["a text", "title,author\nBotany,Gray\n"],
    ["a long text", "x".repeat(20_000)],
  ])("is refused and left as it is: %s", (_, content) => {
    writeFileSync(path, content);
    expect(failure(() => open())).toMatchObject({ kind: "not-a-database", exitStatus: 4 });
    expect(readFileSync(path, "utf8")).toBe(content);
  });

  it("is refused: a database of another program", () => {
    otherProgram(path, (db) => db.exec("CREATE TABLE songs (title TEXT)"));
    const before = readFileSync(path);
    expect(failure(() => open())).toMatchObject({ kind: "foreign-database", exitStatus: 4 });
    expect(readFileSync(path)).toEqual(before);
  });

  it("is refused: a newer schema", () => {
    open().close();
    otherProgram(path, (db) => db.pragma(`user_version = ${SCHEMA_VERSION + 1}`));
    const before = readFileSync(path);
    const error = failure(() => open());
    expect(error).toMatchObject({ kind: "newer-schema", exitStatus: 4 });
    expect(error.message).toContain(String(SCHEMA_VERSION + 1));
    expect(readFileSync(path)).toEqual(before);
  });

  it("is refused: a directory", () => {
    mkdirSync(path);
    expect(failure(() => open())).toMatchObject({ kind: "cannot-open", exitStatus: 4 });
  });

  it("is refused for reading: a file that holds nothing yet", () => {
    writeFileSync(path, "");
    expect(failure(() => open({ readOnly: true }))).toMatchObject({ kind: "unwritten" });
    open().close();
  });
});

/** Does something as a user who owns nothing here, if the tests run as the superuser. */
function asNobody<T>(work: () => T): T {
  const user = process.geteuid?.();
  if (user !== 0) return work();
  process.seteuid?.(65534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

describe("a database that may not be written", () => {
  it.each(["wal", "delete"] as const)(
    "is refused before anything is read, in mode %s",
    (journal) => {
      const config = testConfig({ path, database: { journal } });
      SqliteStore.open(config).close();
      chmodSync(path, 0o444);
      chmodSync(folder.path, 0o555);
      const error = failure(() => asNobody(() => SqliteStore.open(config)));
      chmodSync(folder.path, 0o755);
      expect(["read-only", "cannot-open"]).toContain(error.kind);
      expect(error.exitStatus).toBe(4);
    },
  );

  it("can be read by others in mode delete", () => {
    const config = testConfig({ path, database: { journal: "delete" } });
    SqliteStore.open(config).close();
    chmodSync(path, 0o444);
    chmodSync(folder.path, 0o555);
    const store = asNobody(() => SqliteStore.open(config, { readOnly: true }));
    expect(store.rows.find("vlcrawler", "a")).toBeNull();
    const write = () => store.transaction(() => store.db.exec("DELETE FROM record_info"));
    expect(failure(write)).toMatchObject({ kind: "read-only" });
    store.close();
    chmodSync(folder.path, 0o755);
  });
});

describe("a database that another program holds", () => {
  it("is reported as locked", () => {
    open().close();
    otherProgram(path, (db) => {
      db.exec("BEGIN IMMEDIATE");
      const options = { path, journal: "wal", busyTimeout: 20 } as const;
      expect(failure(() => openDatabase(options))).toMatchObject({ kind: "locked", exitStatus: 4 });
    });
  });
});

describe("the schema", () => {
  it("is brought up to date once, by whoever comes first", () => {
    const first = openDatabase({ path, journal: "wal" });
    const schema = () => first.prepare("SELECT sql FROM sqlite_schema ORDER BY name").pluck().all();
    const made = schema();
    migrate(first);
    expect(schema()).toEqual(made);
    open().close();
    const complete = schema();
    open().close();
    expect(schema()).toEqual(complete);
    first.close();
  });
});

describe("extra fields", () => {
  const field = (name: string, kind: RecordField["kind"]): RecordField => ({
    name,
    kind,
    descriptive: true,
    mappable: true,
  });
  const shelves = { extraFields: [field("shelves", "list"), field("order", "text")] };

  it("become columns, which stay when a configuration does not name them", () => {
    database.import([{ id: "a", values: { title: "Botany" } }]);
    const record = { id: "b", values: { title: "Zoology", shelves: ";Q1;Q2;", order: "x" } };
    expect(database.outcomes([record], shelves)).toEqual(["created"]);
    database.import([{ id: "c", values: { title: "Ecology" } }]);
    const values = otherProgram(path, (db) =>
      db.prepare(`SELECT shelves, "order" FROM record_info ORDER BY record_id`).raw().all(),
    );
    expect(values).toEqual([
      ["", ""],
      [";Q1;Q2;", "x"],
      ["", ""],
    ]);
    expect(database.outcomes([record], shelves)).toEqual(["unchanged"]);
  });

  it("are added once where another process adds them at the same time", () => {
    open().close();
    const { fields } = testConfig({ path, ...shelves });
    otherProgram(path, (db) => {
      const transaction = db.transaction.bind(db);
      // The other process is quicker, after this one has seen that columns are missing.
      vi.spyOn(db, "transaction").mockImplementationOnce((work) => {
        SqliteStore.open(testConfig({ path, extraFields: [field("shelves", "list")] })).close();
        return transaction(work);
      });
      const { names } = Columns.prepare(db, fields);
      expect(names.filter((name) => ["shelves", "order"].includes(name))).toEqual([
        "shelves",
        "order",
      ]);
    });
    expect(database.outcomes([{ id: "a", values: { title: "Botany" } }], shelves)).toEqual([
      "created",
    ]);
  });

  it("are known as written by us after an import that does not name them", () => {
    const record = { id: "b", values: { title: "Zoology", order: "x" } };
    database.import([record], shelves);
    database.import([{ id: "b", values: { title: "Flora" } }]);
    const settings = { protectedFields: ["order"] };
    const next = { id: "b", values: { title: "Flora", order: "y" } };
    expect(database.outcomes([next], { ...shelves, settings })).toEqual(["updated"]);
    expect(
      otherProgram(path, (db) => db.prepare(`SELECT "order" FROM record_info`).pluck().get()),
    ).toBe("y");
  });

  it("count as somebody else's where somebody else added and filled them", () => {
    database.import([{ id: "b", values: { title: "Zoology" } }]);
    otherProgram(path, (db) => {
      db.exec(`ALTER TABLE record_info ADD COLUMN "order" TEXT NOT NULL DEFAULT ''`);
      db.exec(`UPDATE record_info SET "order" = 'by hand'`);
    });
    const order = () =>
      otherProgram(path, (db) => db.prepare(`SELECT "order" FROM record_info`).pluck().get());
    const kept = { ...shelves, settings: { protectedFields: ["order"] } };
    const next = { id: "b", values: { title: "Zoology, new", order: "y" } };
    expect(database.outcomes([next], kept)).toEqual(["updated"]);
    expect(order()).toBe("by hand");
    otherProgram(path, (db) => db.exec(`UPDATE record_info SET "order" = 'by hand, later'`));
    expect(database.outcomes([{ ...next, values: { title: "Zoology" } }], kept)).toEqual([
      "updated",
    ]);
    expect(order(), "its edits are noted by now").toBe("by hand, later");
  });

  it("read as empty where the database is opened for reading and has no such column", () => {
    database.import([{ id: "a", values: { title: "Botany" } }]);
    const store = SqliteStore.open(testConfig({ path, ...shelves }), { readOnly: true });
    const index = store.rows.find("vlcrawler", "a");
    expect(store.rows.read(index ?? 0)?.values.slice(-2)).toEqual(["", ""]);
    store.close();
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { idHash } from "../../src/store/model/row-hashes.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";

let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;

beforeEach(() => {
  folder = temporaryFolder();
  database = new TestDatabase(`${folder.path}/test.sqlite`);
  database.import([{ id: "a", values: { title: "Botany" } }]);
});
afterEach(() => folder.remove());

/** The triggers as others see them: what is committed. */
function triggers(): unknown[] {
  return otherProgram(database.path, (db) =>
    db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name").pluck().all(),
  );
}

function notes(): unknown {
  return otherProgram(database.path, (db) =>
    db.prepare("SELECT count(*) FROM edited_records").pluck().get(),
  );
}

describe("triggers of other programs", () => {
  it.each(["audit", "record_info_audit", "record_info_audit-log", "record_info_added_by"])(
    "fire for rows that an import writes, and stay: %s",
    (name) => {
      otherProgram(database.path, (db) =>
        db.exec(`CREATE TABLE audit (what TEXT);
          CREATE TRIGGER "${name}" AFTER INSERT ON record_info
          BEGIN INSERT INTO audit VALUES ('added ' || NEW.title); END;
          CREATE TRIGGER "${name} 2" AFTER UPDATE ON record_info
          BEGIN INSERT INTO audit VALUES ('changed ' || NEW.title); END`),
      );
      const before = triggers();
      expect(before).toHaveLength(7);
      for (const title of ["Flora", "Fauna"]) {
        const records = [
          { id: "a", values: { title } },
          { id: title, values: { title: `New ${title}` } },
        ];
        expect(database.outcomes(records)).toEqual(["updated", "created"]);
      }
      const audit = otherProgram(database.path, (db) =>
        db.prepare("SELECT what FROM audit").pluck().all(),
      );
      expect(audit).toEqual([
        "changed Flora",
        "added New Flora",
        "changed Fauna",
        "added New Fauna",
      ]);
      expect(triggers()).toEqual(before);
      expect(notes()).toBe(0);
    },
  );
});

describe("the triggers that note edits of other programs", () => {
  it("are there for others before, during and after an import, and note nothing of it", () => {
    const before = triggers();
    expect(before).toHaveLength(5);
    const config = database.config();
    const foreignSource = config.settings.foreignSource;
    const origin = { foreignSource, foreignId: "b", sourceRecord: "", marcDate: "", now: "" };
    database.with((store) => {
      store.transaction(() => {
        store.rows.insert(
          config.fields.map(() => "x"),
          origin,
          idHash("b"),
        );
        expect(store.db.prepare("SELECT count(*) FROM record_info").pluck().get()).toBe(2);
        expect(triggers()).toEqual(before);
      });
      expect(triggers()).toEqual(before);
      expect(notes()).toBe(0);
      otherProgram(database.path, (db) => db.exec("UPDATE record_info SET title = 'By hand'"));
      expect(notes()).toBe(2);
    });
  });

  it("are back when a transaction, or one within a held one, is taken back", () => {
    const before = triggers();
    database.with((store) => {
      const fail = () => {
        store.rows.delete(99);
        throw new Error("power cut");
      };
      expect(() => store.transaction(fail)).toThrow("power cut");
      expect(triggers()).toEqual(before);
      const held = store.hold();
      expect(() => store.transaction(fail)).toThrow("power cut");
      store.transaction(() => store.rows.delete(98));
      held.settle(true);
      expect(triggers()).toEqual(before);
    });
  });
});

/** Foreign sources by number; 1,000 rows name their source by one small integer in each index. */

import type { Database, Statement } from "better-sqlite3";

export class SourceTable {
  private readonly ids = new Map<string, number>();
  private readonly names = new Map<number, string>();
  private readonly insert: Statement<[string]>;
  private readonly byName: Statement<[string]>;
  private readonly byId: Statement<[number]>;

  constructor(db: Database) {
    this.insert = db.prepare(
      "INSERT INTO foreign_sources (foreign_source) VALUES (?) ON CONFLICT DO NOTHING",
    );
    this.byName = db
      .prepare<[string]>("SELECT source_id FROM foreign_sources WHERE foreign_source = ?")
      .pluck();
    this.byId = db
      .prepare<[number]>("SELECT foreign_source FROM foreign_sources WHERE source_id = ?")
      .pluck();
  }

  /** The number of a source, given to it now if it has none; call inside a write transaction. */
  id(source: string): number {
    const known = this.ids.get(source);
    if (known !== undefined) return known;
    this.insert.run(source);
    const id = this.byName.get(source) as number;
    this.ids.set(source, id);
    this.names.set(id, source);
    return id;
  }

  name(id: number): string {
    let name = this.names.get(id);
    if (name === undefined) {
      name = this.byId.get(id) as string;
      this.names.set(id, name);
    }
    return name;
  }

  /** Forgets what a rolled-back transaction may have given out. */
  forget(): void {
    this.ids.clear();
    this.names.clear();
  }
}

/** Where the byte core cannot be had, records are mapped without it. */

import { describe, expect, it, vi } from "vitest";
import { ByteMapper } from "../../../src/mapping/bytes/byte-mapper.js";
import { createMapper } from "../../../src/mapping/marc/mapper.js";
import { configOf } from "../support.js";

vi.mock("../../../src/mapping/bytes/core-bytes.js", () => ({
  coreBytes: () => {
    throw new Error("not built");
  },
}));

describe("the byte core", () => {
  it("is done without where it is not there", () => {
    const config = configOf('[Settings]\nforeign_source = test\n[title]\nfield = "245 * * a"\n');
    const mapper = createMapper(config);
    if (!ByteMapper.serves(mapper)) throw new Error("the core would have nothing to do");
    expect(ByteMapper.of(mapper)).toBeNull();
  });
});

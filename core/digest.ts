/** `hashBytes53` of the record (`src/matching/hash.ts`), 53 bits in two numbers. */

import { GIVEN, RECORD } from "./layout";

const MULTIPLIER_1: u32 = 0x9e3779b1;
const MULTIPLIER_2: u32 = 0x85ebca6b;

function avalanche(value: u32): u32 {
  let mixed = (value ^ (value >> 16)) * 0x85ebca6b;
  mixed = (mixed ^ (mixed >> 13)) * 0xc2b2ae35;
  return mixed ^ (mixed >> 16);
}

/** Hashes so many bytes from RECORD on, to GIVEN. */
export function hash(length: i32, seed: i32): void {
  let lane1: u32 = 0x243f6a88 ^ (seed as u32);
  let lane2: u32 = 0x13198a2e + (seed as u32);
  const whole = RECORD + (length & ~3);
  let at = RECORD;
  for (; at < whole; at += 4) {
    const block = load<u32>(at);
    lane1 = rotl<u32>((lane1 ^ block) * MULTIPLIER_1, 15);
    lane2 = rotl<u32>((lane2 ^ block) * MULTIPLIER_2, 13) + lane1;
  }
  let rest: u32 = 0;
  const end = RECORD + length;
  for (let shift = 0; at < end; at++, shift += 8) rest |= (load<u8>(at) as u32) << shift;
  lane1 = rotl<u32>((lane1 ^ rest) * MULTIPLIER_1, 15);
  lane2 = rotl<u32>((lane2 ^ rest) * MULTIPLIER_2, 13) + lane1;
  const first = avalanche((lane1 ^ (length as u32)) + lane2);
  const second = avalanche((lane2 ^ (length as u32)) + first);
  store<u32>(GIVEN, first + second);
  store<u32>(GIVEN, second & 0x1fffff, 4);
}

/** What is made of a text, remembered: places, publishers, extents, bodies come again with every record. */

/** Texts remembered before all are forgotten. */
const MOST = 2000;
/** A longer text hardly comes again. */
const LONGEST = 200;

/**
 * Gives what `make` gives, which must depend on the text alone; nobody may change what is given.
 *
 * @param make is called for texts that are not remembered
 */
export function remembered<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > LONGEST) return make(text);
    let made = known.get(text);
    if (made === undefined) {
      made = make(text);
      if (known.size >= MOST) known.clear();
      known.set(text, made);
    }
    return made;
  };
}

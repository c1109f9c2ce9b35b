/** Perl substitutions as a mapping uses them. */

/** One compiled substitution. */
export interface Substitution {
  /** As written, `/pattern/replacement/flags`. */
  readonly text: string;
  apply(input: string): string;
}
/** A compiled match pattern `/pattern/flags` of a filter. */
export interface MatchPattern {
  readonly text: string;
  test(input: string): boolean;
}

/** What belongs together because of something between: joined two by two, asked for by a head that all share. */

export class Clusters {
  private readonly parents = new Map<number, number>();

  /** The member that stands for all of its cluster; one that was never joined stands for itself. */
  headOf(member: number): number {
    let head = member;
    for (let next = this.parents.get(head); next !== undefined; next = this.parents.get(head)) {
      head = next;
    }
    // The next question finds it at once.
    for (let at = member; at !== head; ) {
      const next = this.parents.get(at) ?? head;
      this.parents.set(at, head);
      at = next;
    }
    return head;
  }

  join(one: number, other: number): void {
    const [a, b] = [this.headOf(one), this.headOf(other)];
    if (a !== b) this.parents.set(Math.max(a, b), Math.min(a, b));
  }

  /** Every cluster of two and more, in the order of their heads; the head comes first. */
  all(): number[][] {
    const members = new Map<number, number[]>();
    for (const member of this.parents.keys()) {
      const head = this.headOf(member);
      const known = members.get(head);
      if (known) known.push(member);
      else members.set(head, [head, member]);
    }
    return [...members.values()].sort(([a], [b]) => a - b);
  }
}

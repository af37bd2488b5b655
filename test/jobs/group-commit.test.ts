import { describe, expect, it, vi } from "vitest";
import { groupCommit } from "../../src/jobs/group-commit.ts";

/** Contract: an item is added exactly once to a write that starts after it was added, and its caller hears how that write ended. */
describe("writing in groups", () => {
  const controlled = () => {
    const writes: { readonly items: readonly number[]; readonly end: (error?: Error) => void }[] = [];
    const group = groupCommit<number>(
      (items) => new Promise((resolve, reject) => writes.push({ items, end: (error) => (error ? reject(error) : resolve()) })),
    );
    return { writes, ...group };
  };
  it("writes what is added in one burst together", async () => {
    const { writes, add } = controlled();
    const added = [add(1), add(2), add(3)];
    await vi.waitFor(() => expect(writes.map(({ items }) => items)).toEqual([[1, 2, 3]]));
    writes[0]?.end();
    await Promise.all(added);
  });

  it("gathers while a write is under way, and writes that next", async () => {
    const { writes, add } = controlled();
    const first = add(1);
    await vi.waitFor(() => expect(writes).toHaveLength(1));
    const second = add(2);
    await new Promise((resolve) => setImmediate(resolve));
    const third = add(3);
    expect(writes).toHaveLength(1);
    writes[0]?.end();
    await first;
    await vi.waitFor(() => expect(writes.map(({ items }) => items)).toEqual([[1], [2, 3]]));
    writes[1]?.end();
    await Promise.all([second, third]);
  });

  it("tells those whose write failed, and goes on", async () => {
    const { writes, add, settled } = controlled();
    const first = add(1);
    const heard = expect(first).rejects.toThrow("disk full");
    await vi.waitFor(() => expect(writes).toHaveLength(1));
    const second = add(2);
    writes[0]?.end(new Error("disk full"));
    await heard;
    await vi.waitFor(() => expect(writes).toHaveLength(2));
    writes[1]?.end();
    await second;
    await settled();
  });
});

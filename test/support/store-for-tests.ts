import { afterAll, beforeAll, beforeEach } from "vitest";
import { aStore, type Store } from "./a-store.ts";

/** A store for the tests of a file: empty before each of them. */
export function storeForTests(): Store {
  let taken: Store | undefined;
  const store = () => {
    if (taken === undefined) throw new Error("The store is there from the first test on.");
    return taken;
  };
  beforeAll(async () => {
    taken = await aStore();
  });
  beforeEach(() => store().empty());
  afterAll(() => store().close());
  return {
    get db() {
      return store().db;
    },
    empty: () => store().empty(),
    close: () => store().close(),
  };
}

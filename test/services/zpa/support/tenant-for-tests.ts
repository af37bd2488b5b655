import { afterEach, beforeEach } from "vitest";
import { type TenantClient, tenantClient } from "./tenant-client.ts";

/** A simulated tenant and a client of it, of their own for each test of a file. */
export function tenantForTests(options: Parameters<typeof tenantClient>[0] = {}): Omit<TenantClient, typeof Symbol.asyncDispose> {
  let running: TenantClient | undefined;
  const client = () => {
    if (running === undefined) throw new Error("The tenant is there while a test runs.");
    return running;
  };
  beforeEach(async () => {
    running = await tenantClient(options);
  });
  afterEach(() => client()[Symbol.asyncDispose]());
  return {
    get tenant() {
      return client().tenant;
    },
    get zpa() {
      return client().zpa;
    },
    get slept() {
      return client().slept;
    },
  };
}

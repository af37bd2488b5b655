import { describe, expect, it } from "vitest";
import { refuseInSeveral } from "../../../src/services/coverage/refuse-in-several.ts";

const listedIn = (...microtenantIds: readonly (string | null)[]): Parameters<typeof refuseInSeveral>[0] => ({
  microtenants: {
    list: async () => ["0", "7", "8"].map((id) => ({ id, name: `M ${id}`, enabled: true, privilegedApprovalsEnabled: true })),
  },
  applications: {
    list: async (place) =>
      microtenantIds.includes(place?.microtenantId ?? null)
        ? [
            {
              id: "a1",
              name: "db",
              segmentId: "s1",
              domain: "db.acme.example",
              protocol: "SSH",
              port: "22",
              enabled: true,
              microtenantId: null,
            },
          ]
        : [],
  },
  segments: { list: async () => [] },
});
const s1 = { segmentId: "s1", name: "Databases" };

describe("a segment that is to be covered", () => {
  it.each([[null], ["7"]])("may be in one microtenant (%s)", async (only) => {
    await expect(refuseInSeveral(listedIn(only), s1)).resolves.toBeUndefined();
  });

  it("is refused when two microtenants list it: a rule in one says nothing of the other's sessions", async () => {
    await expect(refuseInSeveral(listedIn("7", null), s1)).rejects.toMatchObject({
      code: "coverage_not_possible",
      details: { params: { segment: "Databases", reason: "several_microtenants" } },
    });
  });
});

import { describe, expect, it } from "vitest";
import { errorOf, failureOf, isMissing } from "../../../src/services/zpa/failure.ts";

const call = { method: "GET", path: "approval/50" } as const;
const answered = (status: number, body: unknown) =>
  failureOf({ status, headers: { "x-oneapi-request-id": "r-1" }, text: typeof body === "string" ? body : JSON.stringify(body) });
const codeOf = (status: number, body: unknown) => errorOf(answered(status, body), call, false).code;

describe("what a refusal of ZPA is called", () => {
  it.each([
    [400, { id: "resource.not.found", params: ["50"] }, "zpa_not_found"],
    [400, { id: "invalid.resource.argument" }, "zpa_refused"],
    [400, { code: "multimatch.inconsistent.missing.apps", message: "…" }, "zpa_refused"],
    [400, { id: "db.simultaneous.request" }, "zpa_busy"],
    [401, { id: "authz.featureflag.permission.denied", reason: "Feature flag feature.x disabled" }, "zpa_not_permitted"],
    [401, { detail: "unauthorized", type: "", title: "", status: "" }, "zpa_not_permitted"],
    [401, "This tenant is served only through Zscaler OneAPI.", "zpa_sign_in_failed"],
    [401, { reason: "Resource Access Blocked" }, "zpa_busy"],
    [403, "", "zpa_not_permitted"],
    [404, "<html>not here</html>", "zpa_not_found"],
    [409, { id: "api.concurrent.access.error" }, "zpa_busy"],
    [429, { id: "invalid.toomanyrequests" }, "zpa_rate_limited"],
    [500, "", "zpa_busy"],
    [503, { id: "retryable.server.error" }, "zpa_busy"],
    [302, "", "zpa_answer_not_understood"],
  ])("%i %j is %s", (status, body, code) => {
    expect(codeOf(status, body)).toBe(code);
  });

  it("keeps what support and the reader need", () => {
    const body = {
      params: ["72058304855174572"],
      id: "resource.not.found",
      reason: "No resource exists with the given id/name :72,058,304,855,174,572",
    };
    expect(errorOf(answered(400, body), call, false).details.params).toEqual({
      method: "GET",
      path: "approval/50",
      status: 400,
      id: "resource.not.found",
      reason: "No resource exists with the given id/name :72,058,304,855,174,572",
      params: "72058304855174572",
      requestId: "r-1",
    });
  });

  it("is zpa_timeout for a write that may have had its effect, whatever came last", () => {
    expect(errorOf(answered(429, {}), { method: "PUT", path: "approval/50" }, true).code).toBe("zpa_timeout");
    expect(errorOf(answered(429, {}), call, true).code).toBe("zpa_rate_limited");
  });
});

describe("what a refusal proves", () => {
  it("takes only ZPA's own words for an object that is gone", () => {
    expect(isMissing(answered(400, { id: "resource.not.found" }))).toBe(true);
    expect(isMissing(answered(404, "<html>"))).toBe(false);
    expect(isMissing(answered(404, { id: "resource.not.found" }))).toBe(false);
  });

  it("does not sign in again for a 401 that a new token cannot cure", () => {
    expect(answered(401, { detail: "unauthorized" })).toMatchObject({ meaning: "token" });
    expect(answered(401, { id: "access.denied" })).toMatchObject({ meaning: "token" });
    expect(answered(401, { id: "authz.featureflag.permission.denied" })).not.toMatchObject({ meaning: "token" });
    expect(answered(401, "only through Zscaler OneAPI")).not.toMatchObject({ meaning: "token" });
    expect(answered(403, {})).not.toMatchObject({ meaning: "token" });
  });
});

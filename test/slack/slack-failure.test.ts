import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { refusalOf, slackFailure } from "../../src/slack/slack-failure.ts";

const said = (error: string) => new WebAPIPlatformError({ ok: false, error });
const PAGE = "<html><body>We will be back soon</body></html>";

/** Contract: only a word of Slack's about what was asked is a refusal; whatever says that Slack is down is its silence. */
describe("what a failed call to Slack means", () => {
  it.each(["internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited", "team_added_to_org", PAGE, ""])(
    "is silence where HTTP 200 brings %j",
    (word) => {
      expect(refusalOf(said(word))).toBeNull();
      expect(slackFailure("users.info", said(word))).toMatchObject({
        code: "slack_unreachable",
        details: { params: { method: "users.info" } },
      });
    },
  );

  it("is silence after an HTTP error and a rate limit", () => {
    for (const cause of [new WebAPIHTTPError(503, "", {}, ""), new WebAPIRateLimitedError(1)])
      expect(slackFailure("users.info", cause).code).toBe("slack_unreachable");
  });

  it("is a refusal where Slack has a word for it", () => {
    for (const reason of ["channel_not_found", "is_archived", "invalid_auth", "account_inactive"])
      expect(slackFailure("x", said(reason))).toMatchObject({ code: "slack_refused", details: { params: { reason } } });
  });

  it("repeats no page, in its text or in its causes", () => {
    const { cause, message } = slackFailure("users.info", said(PAGE));
    expect(`${message} ${String(cause)} ${cause instanceof Error ? cause.stack : ""}`).not.toContain("<html");
  });
});

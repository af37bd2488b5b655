import type { WebClient } from "@slack/web-api";
import type { Clock } from "../../clock.ts";
import type { Log } from "../../log.ts";
import type { SlackDirectory } from "../../services/directory/person.ts";
import type { Services } from "../../services/services.ts";

/** What the request form needs of the bot. */
export interface RequestFormDeps {
  readonly services: Pick<Services, "people" | "catalog" | "catalogAge"> & {
    readonly access: Pick<Services["access"], "submit" | "divide">;
    readonly coverage: Pick<Services["coverage"], "withoutEffect">;
  };
  /** Fails fast: a trigger lives three seconds. */
  readonly client: { readonly views: Pick<WebClient["views"], "open" | "update"> };
  readonly directory: Pick<SlackDirectory, "user">;
  readonly clock: Clock;
  readonly log: Log;
}

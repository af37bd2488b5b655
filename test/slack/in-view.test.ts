import { WebAPIPlatformError, type WebClient } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { PortcullisError } from "../../src/errors.ts";
import { workInView } from "../../src/slack/in-view.ts";
import { textsFor } from "../../src/texts/texts.ts";
import type { Message } from "../../src/views/blocks.ts";
import { modal } from "../../src/views/modal.ts";
import { keptLog } from "../support/silent-log.ts";

const en = textsFor("en");
const by = { teamId: "T1", userId: "UDORA" };
const refused = (error: string) => new WebAPIPlatformError({ ok: false, error, response_metadata: {} });

/** A view at Slack that takes an update with the hash that it has, or with none. */
function aView() {
  let hash = "h0";
  let isClosed = false;
  const shown: string[] = [];
  const told: Message[] = [];
  const client = {
    views: {
      update: async (call: { readonly hash?: string; readonly view: { readonly title: { readonly text: string } } }) => {
        if (isClosed) throw refused("not_found");
        if (call.hash !== undefined && call.hash !== hash) throw refused("hash_conflict");
        hash = `h${shown.length + 1}`;
        shown.push(call.view.title.text);
      },
    },
  } as Pick<WebClient, never> as WebClient;
  const directory = { user: async () => null };
  const tell = async (_: string, message: unknown) => void told.push(message as Message);
  const work = (does: () => Promise<string>) =>
    workInView(
      { client, directory, tell, log: keptLog().log },
      { by, view: { id: "V1", hash: "h0" }, title: () => "Working" },
      {
        work: does,
        page: (done) => modal({ callbackId: "c", title: done, close: "Close", blocks: [] }),
        message: (done) => ({ text: done, blocks: [] }),
      },
    );
  return { work, shown, told, close: () => (isClosed = true) };
}

/** Contract: of the clicks on one page as it stands one is obeyed, and whoever made it hears what came of it, wherever they are by then. */
describe("work that a click in a view asks for", () => {
  it("is done once, however often somebody clicks", async () => {
    const view = aView();
    let done = 0;
    await Promise.all(Array.from({ length: 5 }, () => view.work(async () => `Done ${++done}`)));
    expect(done).toBe(1);
    expect(view.shown).toEqual(["Working", "Done 1"]);
    expect(view.told).toEqual([]);
  });

  it("is not begun in a view that was closed before", async () => {
    const view = aView();
    view.close();
    let done = 0;
    await expect(view.work(async () => `Done ${++done}`)).rejects.toMatchObject({ code: "slack_refused" });
    expect(done).toBe(0);
  });

  it("is told directly where the view was closed meanwhile, also when it failed", async () => {
    const view = aView();
    await view.work(async () => {
      view.close();
      return "Done";
    });
    expect(view.told.map(({ text }) => text)).toEqual(["Done"]);
    const other = aView();
    await other.work(async () => {
      other.close();
      throw new PortcullisError("admins_only");
    });
    expect(other.told.map(({ text }) => text)).toEqual([en.errors.admins_only(() => "")]);
  });

  it("shows why it was refused, and passes a fault on, so that it is in the log under a reference", async () => {
    const view = aView();
    await view.work(() => Promise.reject(new PortcullisError("admins_only")));
    expect(view.shown).toEqual(["Working", en.common.errorTitle]);
    const faulty = aView();
    await expect(faulty.work(() => Promise.reject(new PortcullisError("database_unreachable")))).rejects.toMatchObject({
      code: "database_unreachable",
    });
    expect(faulty.shown).toEqual(["Working", en.common.errorTitle]);
  });
});

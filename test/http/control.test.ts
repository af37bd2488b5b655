import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { askBot } from "../../src/cli/control/ask-bot.ts";
import { controlSocket } from "../../src/http/control/socket-path.ts";
import { type Control, startControl, startControlOf } from "../../src/http/control/start-control.ts";
import { randomIds } from "../../src/ids.ts";
import { aRulebook, type Rulebook, TENANT } from "../services/rules/a-rulebook.ts";
import { newMigratedFolder } from "../support/data-folder.ts";
import { keptLog } from "../support/silent-log.ts";
import { createHandTimers } from "../support/timers.ts";
import { noServices } from "./no-services.ts";

const osUser = "ops";
const put = (yaml: string) => ({ command: "config.put", osUser, payload: { ...TENANT, yaml, mode: "apply", expectedRevision: null } });

describe("asking the bot that owns the folder", () => {
  let book: Rulebook;
  let control: Control;
  let socket: string;

  beforeAll(async () => {
    book = await aRulebook();
    // A bot that was killed leaves its socket behind, and whoever made the folder may have left it open.
    mkdirSync(join(book.folder, "run"), { mode: 0o755 });
    socket = controlSocket(book.folder, process.cwd());
    writeFileSync(socket, "");
    control = await startControl({
      folder: book.folder,
      services: { ...noServices, rules: book.rules },
      ids: randomIds,
      log: keptLog().log,
    });
  });
  beforeEach(() => book.clear());
  afterAll(async () => {
    await control.close();
    expect(existsSync(socket)).toBe(false);
    await book.close();
  });

  it("gives up on a bot that says nothing", async () => {
    const silent = join(book.folder, "run", "silent.sock");
    const server = createServer(() => {}).listen(silent);
    await once(server, "listening");
    const answer = askBot(silent, put("longestWindowHours: 8"), { silenceMilliseconds: 20 });
    await expect(answer).rejects.toMatchObject({ code: "control_unreachable" });
    server.closeAllConnections();
    server.close();
  });

  it("is possible for its own account alone", () => {
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    expect(statSync(join(book.folder, "run")).mode & 0o777).toBe(0o700);
  });

  it("runs commands as an account of the machine, whatever else is claimed", async () => {
    const asked = put("longestWindowHours: 8");
    const answer = await askBot(socket, { ...asked, payload: { ...asked.payload, by: { teamId: "T1", userId: "UDORA" } } });
    expect(answer?.result).toMatchObject({ result: "applied", revision: 1 });
    expect(await book.ledger()).toEqual([{ kind: "rules.changed", actor: "cli:ops", subject: "TENANT" }]);
  });

  it.each([
    ["an error of a command", put("approver: [U01]"), "rules_invalid"],
    ["a command that is none", { command: "sql", osUser, payload: "drop table request" }, "invalid_input"],
    ["a command that every object has", { command: "toString", osUser, payload: {} }, "invalid_input"],
    ["a payload that is none", { command: "config.get", osUser, payload: { scope: "TENANT" } }, "invalid_input"],
    ["an account's name that could be taken for a person's", { ...put("{}"), osUser: "U01:x y" }, "invalid_input"],
  ])("answers %s by its code", async (_, asked, code) => {
    await expect(askBot(socket, asked)).rejects.toMatchObject({ code });
    expect(await book.ledger()).toEqual([]);
  });

  it("keeps values of an error, so that its sentence is whole on the other side", async () => {
    await expect(askBot(socket, put("approver: [U01]"))).rejects.toMatchObject({
      details: { params: { problem: expect.stringMatching(/approver/) } },
    });
  });
});

describe("a bot that stops", () => {
  it("waits a moment for whoever asks, and not for a connection over which nothing comes", async () => {
    const data = await newMigratedFolder();
    const hand = createHandTimers();
    const control = await startControl({
      folder: data.folder,
      services: noServices,
      ids: randomIds,
      log: keptLog().log,
      timers: hand.timers,
    });
    const silent = connect(controlSocket(data.folder, process.cwd()));
    await once(silent, "connect");
    const gone = once(silent, "close");
    // An answer over a second connection says that the server knows of the first.
    const asked = askBot(controlSocket(data.folder, process.cwd()), { command: "explain", osUser, payload: { label: "PRA-1" } });
    await expect(asked).rejects.toMatchObject({ code: "request_unknown" });
    const closed = control.close();
    await hand.pass(1_000);
    expect(silent.destroyed).toBe(false);
    await hand.pass(1_000);
    await closed;
    await gone;
    await data.remove();
  });
});

describe("a path that is too long for a Unix socket", () => {
  const long = join(tmpdir(), "x".repeat(110));

  it("is told from one that is not, and a path that is shorter from here will do", () => {
    expect(() => controlSocket(long, "/")).toThrow("control_path_too_long");
    expect(controlSocket(long, long)).toBe("run/pra.sock");
    expect(controlSocket("/var/lib/portcullis", "/")).toBe("var/lib/portcullis/run/pra.sock");
  });

  it("does not keep a bot from starting: it says so in its log", async () => {
    const { log, lines } = keptLog();
    expect(await startControlOf({ folder: long, services: noServices, ids: randomIds, log })).toBeNull();
    expect(JSON.stringify(lines)).toContain("control.not-listening");
  });
});

/** Contract: a socket file that a killed process left behind hinders neither the next start nor `pra`. */
describe("after kill -9", () => {
  it("nobody answers, and the next one does", { timeout: 60_000 }, async () => {
    const { folder, remove } = await newMigratedFolder();
    const socket = controlSocket(folder, process.cwd());
    const script = fileURLToPath(new URL("control-until-killed.ts", import.meta.url));
    const start = async () => {
      const child = spawn(process.execPath, [script, folder], { stdio: ["ignore", "pipe", "inherit"] });
      await once(child.stdout, "data");
      return child;
    };
    const doomed = await start();
    await askBot(socket, put("longestWindowHours: 8"));
    doomed.kill("SIGKILL");
    await once(doomed, "exit");
    expect(existsSync(socket)).toBe(true);
    expect(await askBot(socket, put("longestWindowHours: 7"))).toBeNull();
    const next = await start();
    expect((await askBot(socket, { command: "config.get", osUser, payload: TENANT }))?.result).toMatchObject({ revision: 1 });
    next.kill("SIGKILL");
    await once(next, "exit");
    await remove();
  });
});

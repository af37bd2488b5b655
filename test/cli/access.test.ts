import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Control, startControl } from "../../src/http/control/start-control.ts";
import { randomIds } from "../../src/ids.ts";
import { operateAccess } from "../../src/services/access/operate-access.ts";
import { requestLabel } from "../../src/services/access/request.ts";
import { noServices } from "../http/no-services.ts";
import { aHouse, type House } from "../services/access/a-house.ts";
import { type DataFolder, newDataFolder } from "../support/data-folder.ts";
import { keptLog } from "../support/silent-log.ts";
import { praWith } from "./pra.ts";

describe("pra access", () => {
  let house: House;
  let data: DataFolder;
  let control: Control;
  beforeAll(async () => {
    [house, data] = await Promise.all([aHouse(), newDataFolder()]);
    const access = operateAccess({ ...house.ports, admins: house.admins, onSettled: house.onSettled });
    const services = { ...noServices, access };
    control = await startControl({ folder: data.folder, services, ids: randomIds, log: keptLog().log });
  });
  afterAll(async () => {
    await control.close();
    await Promise.all([house.close(), data.remove()]);
  });
  const access = (...args: readonly string[]) => praWith({ env: { DATA_DIR: data.folder } }, "access", ...args);
  const granted = async (userId = "UANA") => {
    const request = await house.ask({ by: { teamId: "T1", userId } });
    await house.approve(request.id);
    const [grant] = await house.grants(request.id);
    await house.provision(grant?.id ?? "");
    return { id: request.id, label: requestLabel(request) };
  };

  it("lists what stands, of everybody or of one person by id or email", async () => {
    const [ana, chiyo] = [await granted(), await granted("UCHI")];
    const labels = async (...args: readonly string[]) =>
      JSON.parse((await access("list", "--json", ...args)).last).access.map(({ label }: { label: string }) => label);
    expect(await labels()).toEqual([chiyo.label, ana.label]);
    expect(await labels("--person", "Ana@example.com")).toEqual([ana.label]);
    expect(await labels("--person", "UCHI")).toEqual([chiyo.label]);
    expect((await access("list", "--request", ana.label)).out).toMatch(/Granted {2}Ana <ana@example\.com> {2}db-prod {2}until 2026-/);
    expect(await house.revokePerson("UANA", { osUser: "x" })).toHaveLength(1);
    expect(await house.revokePerson("UCHI", { osUser: "x" })).toHaveLength(1);
  });

  it("revokes one request with a reason, under the account of the machine", async () => {
    const { id, label } = await granted();
    const { status, last } = await access("revoke", "--request", label, "--reason", "INC-7", "--yes", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(last)).toMatchObject({ outcomes: [{ label, outcome: "ENDING" }] });
    expect(await house.request(id)).toMatchObject({
      status: "ENDING",
      ending: { cause: "REVOKED", by: expect.stringMatching(/^cli:./), reason: "INC-7" },
    });
  });

  it("takes everything from a person, with a result for each", async () => {
    const stands = await granted();
    const waits = requestLabel(await house.ask());
    const { out } = await access("revoke", "--person", "ana@example.com", "--reason", "left", "--yes");
    expect(out).toContain(`${stands.label}  db-prod: being ended in Zscaler`);
    expect(out).toContain(`${waits}  db-prod: withdrawn`);
  });

  it("asks first, and changes nothing where nobody can be asked", async () => {
    const { id, label } = await granted();
    const { status, last } = await access("revoke", "--request", label, "--reason", "x", "--json");
    expect([status, JSON.parse(last).error.code]).toEqual([2, "confirmation_needed"]);
    expect(await house.request(id)).toMatchObject({ status: "GRANTED" });
    expect(JSON.parse((await access("end", label, "--json")).last)).toMatchObject({ outcomes: [{ label, outcome: "ENDING" }] });
    expect(await house.request(id)).toMatchObject({ ending: { cause: "DONE" } });
  });

  it("wants to know whose or which, and why", async () => {
    const code = async (...args: readonly string[]) => JSON.parse((await access(...args, "--json")).last).error.code;
    expect(await code("revoke", "--reason", "x", "--yes")).toBe("invalid_input");
    expect(await code("revoke", "--request", "PRA-9", "--reason", "x", "--yes")).toBe("request_unknown");
    expect(await code("revoke", "--request", "PRA-9", "--reason", " ", "--yes")).toBe("comment_required");
    expect(await code("end", "PRA-9")).toBe("request_unknown");
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { explainPlainly } from "../../src/http/control/explain-plainly.ts";
import { type Control, startControl } from "../../src/http/control/start-control.ts";
import { randomIds } from "../../src/ids.ts";
import { requestLabel } from "../../src/services/access/request.ts";
import { explainApproval } from "../../src/services/approvals/explain-approval.ts";
import { noServices } from "../http/no-services.ts";
import { aHouse, type House } from "../services/access/a-house.ts";
import { type DataFolder, newDataFolder } from "../support/data-folder.ts";
import { keptLog } from "../support/silent-log.ts";
import { praWith } from "./pra.ts";

describe("pra explain", () => {
  let house: House;
  let data: DataFolder;
  let control: Control;
  let label: string;
  beforeAll(async () => {
    [house, data] = await Promise.all([aHouse(), newDataFolder()]);
    label = requestLabel(await house.ask());
    const explain = explainApproval({ ...house.ports, membersOf: house.ports.people.membersOf, admins: house.admins });
    const nameOf = async (id: string) => house.known.get(id)?.name ?? id;
    const services = { ...noServices, explain: explainPlainly({ explain, nameOf }) };
    control = await startControl({ folder: data.folder, services, ids: randomIds, log: keptLog().log });
  });
  afterAll(async () => {
    await control.close();
    await Promise.all([house.close(), data.remove()]);
  });
  const explain = (...args: readonly string[]) => praWith({ env: { DATA_DIR: data.folder } }, "explain", ...args);

  it("says who may decide, by name, through the bot that has the database", async () => {
    const { status, out } = await explain(label);
    expect(status).toBe(0);
    expect(out).toContain("Seat 1: Ben.");
    expect(out).toContain("No rules are written for these consoles: the settings of Portcullis count.");
  });

  it("is one object for programs", async () => {
    const { last } = await explain(label, "--json");
    expect(JSON.parse(last)).toMatchObject({ label, status: "PENDING", rules: { source: { scope: "SETTINGS" } } });
  });

  it("knows no request that is none", async () => {
    const { status, last } = await explain("PRA-9", "--json");
    expect([status, JSON.parse(last).error.code]).toEqual([2, "request_unknown"]);
  });
});

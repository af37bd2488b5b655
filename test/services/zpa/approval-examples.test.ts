import { describe, expect, it } from "vitest";
import { rawTenant } from "../../sandbox/zpa/support/raw-tenant.ts";
import { answering } from "./support/answering.ts";
import { hoursInBerlin } from "./support/hours-in-berlin.ts";

/** Objects in the shapes of the page "Configuring Privileged Approvals Using API", with values of our own. */
const segment = {
  id: "289370814522850001",
  modifiedTime: "1661233018",
  creationTime: "1637367216",
  modifiedBy: "72057594038000001",
  name: "acme-pra-22",
  domainName: "192.0.2.7",
  domainNames: ["192.0.2.7"],
  enabled: true,
  tcpPortRanges: ["22", "22"],
  tcpKeepAlive: "0",
  tcpPortRange: [{ from: "22", to: "22" }],
};
const active = {
  id: "27",
  modifiedTime: "1664801234",
  creationTime: "1661859900",
  modifiedBy: "72057594038000001",
  startTime: "1661859881",
  endTime: "1686915881",
  workingHours: hoursInBerlin,
  status: "ACTIVE",
  emailIds: ["ana@acme.example"],
  applications: [segment],
};
const { workingHours: _, modifiedTime: __, ...rest } = active;
const future = { ...rest, id: "51", status: "FUTURE" };
/** What the vendor's own page sends beside the fields that count. */
const ofUi = {
  objectType: "JITApprovals",
  hideInfoTooltip: true,
  restrictedEntity: false,
  email: "ana@acme.example",
  startDate: "Jan 13, 2023",
  startTimeHours: "20",
  enableWorkingHours: false,
  currentTime: 1673539671,
  minAllowedStartTime: 1673536071,
};

describe("the page's answers, read by the client", () => {
  it("are a page as it was asked for, with totals that are strings", async () => {
    const { zpa, sent } = answering(200, JSON.stringify({ totalPages: "1", totalCount: "2", list: [active, future] }));
    const page = await zpa.approvals.page({ page: 1, pageSize: 20, sortBy: "status", sortDirection: "ascending" });
    expect(sent[0]?.path).toBe("approval?page=1&pagesize=20&sortBy=status&sortdir=ASC");
    expect(page).toMatchObject({
      totalPages: 1,
      totalCount: 2,
      items: [
        { id: "27", status: "ACTIVE" },
        { id: "51", workingHours: null },
      ],
    });
    const { startTime: start, endTime: end, ...same } = hoursInBerlin;
    expect(page.items[0]).toMatchObject({
      start: new Date(1_661_859_881_000),
      end: new Date(1_686_915_881_000),
      workingHours: { ...same, start, end },
      segmentIds: [segment.id],
      raw: active,
    });
  });

  it("may leave a page's totals, and its list, out", async () => {
    expect(await answering(200, "{}").zpa.approvals.page({})).toEqual({ items: [], totalPages: null, totalCount: null });
    expect(await answering(200, JSON.stringify([active])).zpa.approvals.page({})).toMatchObject({
      items: [{ id: "27" }],
      totalPages: null,
    });
  });

  it("are searched in a microtenant, descending as the page spells it", async () => {
    const { zpa, sent } = answering(200, "{}");
    await zpa.approvals.page({
      microtenantId: "145260601092866314",
      search: "status EQ ACTIVE",
      sortBy: "endTime",
      sortDirection: "descending",
    });
    expect(sent[0]?.path).toBe("approval?microtenantId=145260601092866314&search=status+EQ+ACTIVE&sortBy=endTime&sortdir=DSC");
  });

  it("to the deletion of what is over are 204, or 200 with a sentence", async () => {
    expect(await answering(204, "").zpa.approvals.deleteExpired()).toBe(true);
    expect(await answering(200, '"No records found"').zpa.approvals.deleteExpired()).toBe(false);
  });

  it("are sent back whole by an update, fields that nobody here knows included", async () => {
    const current = await answering(200, JSON.stringify({ ...future, ...ofUi })).zpa.approvals.get("51");
    const { zpa, sent } = answering(204, "");
    const { segmentIds, start, end, microtenantId } = current;
    await zpa.approvals.update(current, { email: "ana@acme.example", segmentIds, start, end, workingHours: null, microtenantId });
    expect(sent).toEqual([
      {
        method: "PUT",
        path: "approval/51",
        body: { ...future, ...ofUi, startTime: 1_661_859_881, endTime: 1_686_915_881, applications: [{ id: segment.id }] },
      },
    ]);
  });
});

describe("the page's calls, answered by the simulated tenant", () => {
  it("take what the vendor's own page sends beside it, and answer as documented", async () => {
    const at = new Date("2026-11-24T12:00:00Z");
    await using tenant = await rawTenant({ clock: { now: () => at } });
    const now = at.getTime() / 1000;
    const [application] = (await tenant.control.state()).applications;
    const sent = {
      ...ofUi,
      startTime: now,
      endTime: now + 86_400,
      applications: [{ id: application?.appId }],
      workingHours: hoursInBerlin,
      emailIds: ["ana@acme.example"],
    };
    const made = await tenant.call("POST", "/approval", sent);
    expect(made.status).toBe(201);
    const { id, ...answer } = JSON.parse(made.text);
    expect(answer).toMatchObject({ startTime: String(now), workingHours: hoursInBerlin, emailIds: ["ana@acme.example"] });
    expect(answer).not.toHaveProperty("status");
    expect(await tenant.call("PUT", `/approval/${id}`, { ...sent, id, status: "ACTIVE", endTime: String(now + 7_200) })).toMatchObject({
      status: 204,
      text: "",
    });
    for (const sortdir of ["ASC", "DSC", "DESC"]) {
      const page = JSON.parse((await tenant.call("GET", `/approval?page=1&pagesize=20&sortBy=status&sortdir=${sortdir}`)).text);
      expect(page).toMatchObject({ totalPages: "1", totalCount: "1", list: [{ id, status: "ACTIVE", endTime: String(now + 7_200) }] });
    }
    expect(await tenant.call("DELETE", `/approval/${id}`)).toMatchObject({ status: 204, text: "" });
    expect(await tenant.call("DELETE", "/approval/expired")).toMatchObject({ status: 200, text: '"No records found"' });
  });
});

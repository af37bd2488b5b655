import { portOf } from "./landscape.ts";
import type { StoredApproval, StoredConsole, StoredMicrotenant, StoredPortal, Tenant } from "./tenant.ts";

/**
 * Objects as the API prints them: numbers as strings, names escaped for HTML, microtenant ids of consoles as bare numbers beyond 2^53
 * (all seen in the vendor's documentation or in recordings). BigInt stands for such a bare number.
 */
export type Wire = Record<string, unknown>;

const createdAt = "1735689600";
export const modifiedBy = "216196257331400001";

/** ZPA escapes what is not a letter, a digit, a blank, `-` or `_`. */
export const escaped = (text: string): string =>
  text.replace(/[^\p{L}\p{N} _-]/gu, (character) => `&#x${(character.codePointAt(0) ?? 0).toString(16)};`);

export type ApprovalStatus = "ACTIVE" | "FUTURE" | "EXPIRED";

/** Computed, whatever was sent. Working hours do not count. */
export function statusOf(approval: StoredApproval, nowEpochSeconds: number): ApprovalStatus {
  if (nowEpochSeconds < approval.startTime) return "FUTURE";
  return nowEpochSeconds < approval.endTime ? "ACTIVE" : "EXPIRED";
}

/** Answer to a create: no status, and of each segment little more than its id. */
export const createdApproval = (approval: StoredApproval): Wire => ({
  ...approvalFields(approval),
  applications: approval.segmentIds.map(stubSegment),
});

export const approvalOf = (tenant: Tenant, approval: StoredApproval, nowEpochSeconds: number): Wire => ({
  ...approvalFields(approval),
  status: statusOf(approval, nowEpochSeconds),
  applications: approval.segmentIds.map((id) => segmentOf(tenant, id)),
});

function approvalFields(approval: StoredApproval): Wire {
  const { id, creationTime, modifiedTime, startTime, endTime, workingHours, emailIds, microtenantId } = approval;
  return {
    id,
    modifiedTime: String(modifiedTime),
    creationTime: String(creationTime),
    modifiedBy,
    startTime: String(startTime),
    endTime: String(endTime),
    ...(workingHours === null ? {} : { workingHours }),
    emailIds,
    ...(microtenantId === null ? {} : { microtenantId }),
  };
}

const stubSegment = (id: string): Wire => ({
  id,
  icmpAccessType: "NONE",
  bypassType: "NEVER",
  configSpace: "DEFAULT",
  cnameConfig: "NOFLATTEN",
  ipAnchored: false,
  tcpKeepAlive: "0",
  useInDrMode: false,
  selectConnectorCloseToApp: false,
  adpEnabled: false,
});

/** An item of `application`, and what an approval's segments are expanded to. */
export function segmentOf(tenant: Tenant, id: string): Wire {
  const segment = tenant.objects.segments.get(id);
  if (segment === undefined) return stubSegment(id);
  const { name, domainNames, ports, groupId, microtenantId } = segment;
  const group = tenant.objects.segmentGroups.get(groupId);
  return {
    ...stubSegment(id),
    modifiedTime: createdAt,
    creationTime: createdAt,
    modifiedBy,
    name: escaped(name),
    segmentGroupId: groupId,
    ...(group === undefined ? {} : { segmentGroupName: escaped(group.name) }),
    domainName: domainNames[0],
    domainNames,
    enabled: true,
    passiveHealthEnabled: true,
    doubleEncrypt: false,
    healthCheckType: "DEFAULT",
    tcpPortRanges: ports.flatMap((port) => [port, port]),
    tcpPortRange: ports.map((port) => ({ from: port, to: port })),
    ...(microtenantId === null ? { microtenantName: "Default" } : { microtenantId }),
  };
}

/** An item of `getAppsByType`: its name is its domain. */
export function applicationOf(tenant: Tenant, id: string): Wire {
  const application = tenant.objects.applications.get(id);
  if (application === undefined) return { id };
  const { segmentId, domain, protocol, microtenantId } = application;
  return {
    id,
    modifiedTime: createdAt,
    creationTime: createdAt,
    modifiedBy,
    name: escaped(domain),
    enabled: true,
    domain,
    appId: segmentId,
    hidden: false,
    applicationProtocol: protocol,
    applicationPort: portOf[protocol],
    ...(protocol === "RDP" ? { connectionSecurity: "ANY" } : {}),
    ...(microtenantId === null ? { microtenantName: "Default" } : { microtenantId }),
  };
}

export function consoleOf(tenant: Tenant, stored: StoredConsole): Wire {
  const { applicationId, portalIds, microtenantId } = stored;
  const { microtenantName: _, ...application } = applicationOf(tenant, applicationId); // dropped here, as recorded
  return {
    ...consoleFieldsOf(stored),
    praApplication: application,
    praPortals: portalIds.flatMap((id) => {
      const portal = tenant.objects.portals.get(id);
      return portal === undefined ? [] : [portalOf(tenant, portal)];
    }),
    ...(microtenantId === null ? { microtenantName: "Default" } : { microtenantId: BigInt(microtenantId) }),
  };
}

/** Answer to a create: of each portal nothing but its id, and whether it is enabled in truth or not. */
export const createdConsole = (tenant: Tenant, stored: StoredConsole): Wire => ({
  ...consoleFieldsOf(stored),
  praApplication: applicationOf(tenant, stored.applicationId),
  praPortals: stored.portalIds.map((id) => ({ id, enabled: true })),
  ...(stored.microtenantId === null ? {} : { microtenantId: stored.microtenantId }),
});

const consoleFieldsOf = ({ id, name, description, enabled, iconText, creationTime, modifiedTime }: StoredConsole): Wire => ({
  id,
  modifiedTime: String(modifiedTime),
  creationTime: String(creationTime),
  modifiedBy,
  name: escaped(name),
  ...(description === "" ? {} : { description: escaped(escaped(description)) }),
  enabled,
  ...(iconText === "" ? {} : { iconText }),
});

export const portalOf = (tenant: Tenant, { id, name, domain, microtenantId }: StoredPortal): Wire => ({
  id,
  modifiedTime: createdAt,
  creationTime: createdAt,
  modifiedBy,
  name: escaped(name),
  enabled: true,
  certificateId: "216196257331400900",
  certificateName: "portals",
  cName: `${id}.${tenant.customerId}.pra.p.zpa-app.net`,
  domain,
  userNotificationEnabled: false,
  ...(microtenantId === null ? { microtenantName: "Default" } : { microtenantId }),
});

export const microtenantOf = ({ id, name, description, privilegedApprovalsEnabled }: StoredMicrotenant): Wire => ({
  id,
  creationTime: createdAt,
  modifiedBy,
  name,
  description,
  enabled: true,
  operator: "AND",
  criteriaAttribute: "AuthDomain",
  privilegedApprovalsEnabled,
});

import { fromUnknown, PortcullisError } from "../../../errors.ts";
import type { PrivilegedApproval } from "../../zpa/zpa-client.ts";
import type { ProvisionPorts } from "../provision-ports.ts";
import { closeNow, type Outcome } from "./close-finding.ts";
import type { Finding } from "./finding.ts";
import { fingerprintOfForeign, termsOf } from "./fingerprint.ts";

/**
 * Deletes a privileged approval that is not ours, because an administrator said so: exactly what they looked at, and nothing that has
 * changed since, or has turned out to be ours.
 *
 * @throws PortcullisError `finding_changed`, `zpa_*`
 */
export async function deleteForeign(ports: ProvisionPorts, finding: Finding): Promise<Outcome> {
  const { zpaId, microtenantId } = finding;
  if (zpaId === null) throw new PortcullisError("finding_changed");
  const found = await readNow(ports, zpaId, microtenantId);
  // Gone, by a run of ours that died after it or by somebody else: either way it is as it was wanted.
  if (found === null) return closeNow(ports, finding, "REVOKED");
  if (fingerprintOfForeign(termsOf(found)) !== finding.fingerprint || (await isOurs(ports, zpaId)))
    throw new PortcullisError("finding_changed");
  await ports.zpa.approvals.delete(zpaId, { microtenantId });
  if ((await readNow(ports, zpaId, microtenantId)) !== null)
    throw new PortcullisError("zpa_read_back_differs", { params: { fields: "end", id: zpaId } });
  return closeNow(ports, finding, "REVOKED");
}

async function readNow(ports: ProvisionPorts, zpaId: string, microtenantId: string | null): Promise<PrivilegedApproval | null> {
  try {
    return await ports.zpa.approvals.get(zpaId, { microtenantId, priority: "end" });
  } catch (thrown) {
    if (fromUnknown(thrown).code === "zpa_not_found") return null;
    throw thrown;
  }
}

async function isOurs({ db }: ProvisionPorts, zpaId: string): Promise<boolean> {
  const row = await db
    .selectFrom("access_grant")
    .select("id")
    .where("zpa_id", "=", zpaId)
    .where("status", "in", ["PLANNED", "GRANTED", "ENDING"])
    .executeTakeFirst();
  return row !== undefined;
}

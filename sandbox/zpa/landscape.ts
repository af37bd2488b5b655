export type Protocol = "SSH" | "RDP" | "VNC";

export const portOf: Readonly<Record<Protocol, string>> = { SSH: "22", RDP: "3389", VNC: "5900" };

interface ConsoleSeed {
  readonly name: string;
  readonly protocol: Protocol;
  readonly description: string;
  readonly enabled?: false;
}

export interface SegmentSeed {
  readonly name: string;
  /** Its segment group. */
  readonly group: string;
  /** DNS zone of its hosts. */
  readonly zone: string;
  readonly portal: PortalName;
  readonly microtenant: MicrotenantName | null;
  readonly consoles: readonly ConsoleSeed[];
}

export type MicrotenantName = "Plant Rotterdam" | "Nordwind Logistics";
export type PortalName = "Infrastructure" | "Plant" | "Suppliers" | "Rotterdam" | "Nordwind";

export interface MicrotenantSeed {
  readonly id: string;
  readonly name: MicrotenantName;
  readonly description: string;
  readonly privilegedApprovalsEnabled: boolean;
}

/** Ids beyond what a double holds, as real ones are. */
export const microtenantSeeds: readonly MicrotenantSeed[] = [
  { id: "145260601092866314", name: "Plant Rotterdam", description: "Operations technology, Rotterdam", privilegedApprovalsEnabled: true },
  { id: "145260601092866315", name: "Nordwind Logistics", description: "Acquired 2026, not yet merged", privilegedApprovalsEnabled: false },
];

export const portalDomains: Readonly<Record<PortalName, string>> = {
  Infrastructure: "pra.acme.example",
  Plant: "pra-plant.acme.example",
  Suppliers: "pra-suppliers.acme.example",
  Rotterdam: "pra-rtm.acme.example",
  Nordwind: "pra.nordwind.example",
};

const ssh = (name: string, description: string): ConsoleSeed => ({ name, protocol: "SSH", description });
const rdp = (name: string, description: string): ConsoleSeed => ({ name, protocol: "RDP", description });
const vnc = (name: string, description: string): ConsoleSeed => ({ name, protocol: "VNC", description });

/** Which segments stand together. Whatever is not named here is in the office's own group. */
const groups: Readonly<Record<string, readonly string[]>> = {
  Databases: ["Databases production", "Databases staging", "Warehouse"],
  "Jump hosts": ["Jump hosts Frankfurt", "Jump hosts Virginia", "Jump hosts Singapore"],
  "Crown jewels": ["Payments", "Domain controllers", "Backup"],
  Platform: ["Kubernetes production", "Kubernetes staging", "Build farm"],
  Plant: ["Bottling HMI", "SCADA", "PLC engineering", "Energy", "Building control"],
  Suppliers: ["Robot supplier", "Packaging supplier"],
  Rotterdam: ["Rotterdam HMI", "Rotterdam SCADA"],
  Nordwind: ["Nordwind warehouse"],
};
const groupOf = (segmentName: string): string => Object.keys(groups).find((name) => groups[name]?.includes(segmentName)) ?? "Office";

const segment = (
  name: string,
  zone: string,
  portal: PortalName,
  consoles: readonly ConsoleSeed[],
  microtenant: MicrotenantName | null = null,
): SegmentSeed => ({ name, group: groupOf(name), zone, portal, consoles, microtenant });

/** Enabled for PRA, and without a console. */
export const bareSegment = { name: "Test bench", group: "Office", domain: "bench-1.lab.acme.example", protocol: "SSH" } as const;

/** A company with an office side, a plant side and something just bought. Several segments hold more than one console. */
export const landscape: readonly SegmentSeed[] = [
  segment("Databases production", "db.prod.acme.example", "Infrastructure", [
    ssh("db-prod", "PostgreSQL primary, orders and billing"),
    ssh("db-prod-replica", "PostgreSQL read replica"),
    ssh("db-prod-pgbouncer", "Connection pooler before db-prod"),
  ]),
  segment("Databases staging", "db.staging.acme.example", "Infrastructure", [
    ssh("db-staging", "PostgreSQL staging, refreshed on Sundays"),
    ssh("db-staging-replica", "Staging read replica"),
  ]),
  segment("Warehouse", "dwh.prod.acme.example", "Infrastructure", [
    ssh("dwh-loader", "Nightly loads into the warehouse"),
    rdp("dwh-studio", "Modelling workstation of the data team"),
  ]),
  segment("Jump hosts Frankfurt", "jump.fra.acme.example", "Infrastructure", [
    ssh("jump-fra-1", "Linux jump host, Frankfurt"),
    ssh("jump-fra-2", "Linux jump host, Frankfurt"),
    rdp("jump-fra-win", "Windows jump host, Frankfurt"),
  ]),
  segment("Jump hosts Virginia", "jump.iad.acme.example", "Infrastructure", [
    ssh("jump-iad-1", "Linux jump host, Virginia"),
    rdp("jump-iad-win", "Windows jump host, Virginia"),
  ]),
  segment("Jump hosts Singapore", "jump.sin.acme.example", "Infrastructure", [ssh("jump-sin-1", "Linux jump host, Singapore")]),
  segment("Payments", "pay.prod.acme.example", "Infrastructure", [
    ssh("payments-api", "Payment service, production; PCI scope"),
    ssh("payments-hsm", "Front of the hardware security module"),
    ssh("payments-batch", "Settlement runs"),
  ]),
  segment("Domain controllers", "ad.acme.example", "Infrastructure", [
    rdp("dc-fra-1", "Active Directory, Frankfurt"),
    rdp("dc-iad-1", "Active Directory, Virginia"),
  ]),
  segment("Kubernetes production", "k8s.prod.acme.example", "Infrastructure", [
    ssh("k8s-prod-bastion", "kubectl for production"),
    ssh("k8s-prod-etcd", "etcd maintenance"),
  ]),
  segment("Kubernetes staging", "k8s.staging.acme.example", "Infrastructure", [ssh("k8s-staging-bastion", "kubectl for staging")]),
  segment("Build farm", "ci.acme.example", "Infrastructure", [
    ssh("ci-controller", "Build controller"),
    ssh("ci-signing", "Release signing; two people at a time"),
  ]),
  segment("Backup", "backup.acme.example", "Infrastructure", [
    ssh("backup-vault", "Immutable backups"),
    rdp("backup-console", "Restore console"),
  ]),
  segment("Network core", "net.acme.example", "Infrastructure", [
    ssh("core-switch-fra", "Core switch, Frankfurt"),
    ssh("core-switch-iad", "Core switch, Virginia"),
    ssh("edge-router-fra", "Edge router, Frankfurt"),
  ]),
  segment("ERP", "erp.acme.example", "Infrastructure", [
    rdp("erp-app-1", "ERP application server"),
    rdp("erp-app-2", "ERP application server"),
    ssh("erp-db", "ERP database"),
  ]),
  segment("Legacy", "legacy.acme.example", "Infrastructure", [
    { name: "db-legacy", protocol: "SSH", description: "Retired 2025, kept for audits", enabled: false },
    ssh("mainframe-gateway", "3270 gateway"),
  ]),
  segment("Bottling HMI", "hmi.plant.acme.example", "Plant", [
    vnc("HMI Line 1", "Operator panel, bottling line 1"),
    vnc("HMI Line 2", "Operator panel, bottling line 2"),
    vnc("HMI Line 3 & 4", "Shared operator panel, lines 3 & 4"),
  ]),
  segment("SCADA", "scada.plant.acme.example", "Plant", [
    rdp("SCADA server A", "Redundant pair, active"),
    rdp("SCADA server B", "Redundant pair, standby"),
    rdp("SCADA historian", "Process data of seven years"),
  ]),
  segment("PLC engineering", "plc.plant.acme.example", "Plant", [
    rdp("PLC engineer's workstation", "Programs every controller of the plant"),
    ssh("plc-gateway", "Route to the controllers' network"),
  ]),
  segment("Energy", "energy.plant.acme.example", "Plant", [
    vnc("Substation Süd", "Switchgear panel, 20 kV"),
    vnc("Boiler house panel", "Steam and pressure"),
  ]),
  segment("Building control", "bms.acme.example", "Plant", [rdp("bms-server", "Heating, doors and alarms")]),
  segment("Robot supplier", "robots.plant.acme.example", "Suppliers", [
    vnc("Robot cell 1", "Remote service by the maker"),
    vnc("Robot cell 2", "Remote service by the maker"),
  ]),
  segment("Packaging supplier", "pack.plant.acme.example", "Suppliers", [vnc("Palletizer", "Remote service by the maker")]),
  segment(
    "Rotterdam HMI",
    "hmi.rtm.acme.example",
    "Rotterdam",
    [
      vnc("RTM crane panel", "Container crane, operator panel"),
      vnc("RTM conveyor panel", "Conveyor, operator panel"),
      rdp("RTM weighbridge", "Weighbridge terminal"),
    ],
    "Plant Rotterdam",
  ),
  segment(
    "Rotterdam SCADA",
    "scada.rtm.acme.example",
    "Rotterdam",
    [rdp("RTM SCADA server", "Terminal control"), rdp("RTM historian", "Process data"), ssh("rtm-jump", "Jump host, Rotterdam")],
    "Plant Rotterdam",
  ),
  segment(
    "Nordwind warehouse",
    "wms.nordwind.example",
    "Nordwind",
    [rdp("nordwind-wms", "Warehouse management"), rdp("nordwind-scanner-admin", "Hand scanners"), ssh("nordwind-db", "Warehouse database")],
    "Nordwind Logistics",
  ),
];

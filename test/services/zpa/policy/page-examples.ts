/** Objects in the shapes of the page "Configuring Access Policies Using API", with values of our own. */
const head = { modifiedTime: "1643242692", modifiedBy: "72057594038000001" };
const operand = (id: string, objectType: string, rhs: string, name: string) => ({
  ...{ id, creationTime: "1643242692", modifiedBy: "72057594038000001", objectType, lhs: "id", rhs, name },
});

export const set = {
  id: "145256180497770009",
  modifiedTime: "1627689868",
  creationTime: "1480979629",
  modifiedBy: "72057594038000001",
  name: "Global_Policy",
  enabled: true,
  description: "First of all &amp; always.",
  policyType: "1",
};

/** One with all its operands in one condition, one without conditions. One kind of operand is as the page misspells it. */
export const listed = {
  totalPages: "1",
  list: [
    {
      ...{ id: "145256180497775578", ...head, name: "All of the plant", ruleOrder: "1", priority: "31", policyType: "1", operator: "AND" },
      conditions: [
        {
          ...{ id: "635818", ...head, creationTime: "1643242692", operator: "OR", negated: false },
          operands: [
            operand("635819", "APP", "145256180497775577", "TURBINE"),
            operand("635820", "APP", "145256180497775612", "BOILER"),
            operand("635821", "APP_GROUP", "145256180497775575", "PLANT"),
            operand("635824", "TEST APP_GROUP", "145256180497775615", "PLANT2"),
          ],
        },
      ],
      ...{ action: "ALLOW", customMsg: "Plant rule", defaultRule: false },
    },
    {
      ...{ id: "145256180497773504", ...head, name: "Everything", ruleOrder: "2", priority: "31", policyType: "1", operator: "AND" },
      ...{ action: "ALLOW", customMsg: "Have fun", defaultRule: false },
    },
  ],
};

/** What a search for ALLOW found: numbers of rules between are missing, and the total says nothing. */
export const found = {
  totalPages: "1",
  totalCount: "0",
  list: [
    ["145256180497778147", "yard", "1"],
    ["145256180497774605", "gate", "3"],
    ["145256180497777682", "tower", "4"],
  ].map(([id, name, ruleOrder]) => ({
    ...{ id, ...head, name, ruleOrder, priority: "1", policyType: "1", operator: "AND", action: "ALLOW" },
    ...{ defaultRule: false, restrictedEntity: false },
  })),
};

/** A rule of version 1 with every kind of condition that the page shows; some conditions say no operator, and two values are no texts. */
export const createV1 = (appId: string, groupId: string) => ({
  conditions: [
    {
      operands: [
        { objectType: "APP", lhs: "id", rhs: appId },
        { objectType: "APP_GROUP", lhs: "id", rhs: groupId },
      ],
    },
    { operands: [{ objectType: "SAML", lhs: "145256180497770101", rhs: "Operators" }], operator: "OR" },
    { operands: [{ objectType: "SCIM", lhs: "145256180497770102", rhs: "Rotterdam" }], operator: "OR" },
    { operands: [{ objectType: "SCIM_GROUP", lhs: "145256180497770103", rhs: "3251059" }], operator: "OR" },
    { operands: [{ objectType: "POSTURE", lhs: "posture-udid", rhs: true }], operator: "OR" },
    { operands: [{ objectType: "TRUSTED_NETWORK", lhs: "network-id", rhs: true }], operator: "OR" },
    { operands: [{ objectType: "CLIENT_TYPE", lhs: "id", rhs: "zpn_client_type_zapp" }], operator: "OR" },
    { operands: [{ objectType: "MACHINE_GRP", lhs: "id", rhs: "145256180497770104" }], operator: "OR" },
    { operands: [{ objectType: "CLOUD_CONNECTOR_GROUP", lhs: "id", rhs: "145256180497770105" }] },
  ],
  name: "Plant by machine",
  description: "Description",
  action: "ALLOW",
  customMsg: "Message",
});

export const createV2 = (appIds: readonly string[], groupId: string) => ({
  conditions: [
    {
      operands: [
        { objectType: "APP", values: appIds },
        { objectType: "APP_GROUP", values: [groupId] },
      ],
    },
  ],
  name: "Plant by segment",
  description: "Description",
  action: "ALLOW",
  appConnectorGroups: [
    { id: "145256180497770201", name: "Frankfurt" },
    { id: "145256180497770202", name: "Rotterdam" },
  ],
  appServerGroups: [],
  customMsg: "Message",
});

/** What a create answers, in both versions. */
export const created = {
  id: "145256180497774594",
  creationTime: "1612289724",
  modifiedBy: "72057594038000001",
  name: "Plant by machine",
  description: "Description",
  ruleOrder: "5",
  priority: "1",
  policyType: "1",
  operator: "AND",
  action: "ALLOW",
  customMsg: "Message",
  auditMessage: "string",
};

export const createApproval = {
  conditions: [],
  name: "plant-approval",
  description: "plant-approval",
  action: "REQUIRE_APPROVAL",
  connectorGroups: [],
  appServerGroups: [],
  customMsg: "plant-approval",
};

/** Answered to that one: the microtenant's id is a bare number beyond what a double holds. */
export const createdApproval = `{
  "id":"145256180497771657","creationTime":"1669729158","modifiedBy":"72057594038000001","name":"plant-approval",
  "description":"plant-approval","microtenantId":145260601092866314,"ruleOrder":"12","priority":"1","policyType":"1","operator":"AND",
  "action":"REQUIRE_APPROVAL","customMsg":"plant-approval","policySetId":"145256180497771333","privilegedCapabilities":{},"defaultRule":false}`;

/** A rule by itself, with JSON in a text. */
export const single = {
  ...{ id: "145256180497774607", creationTime: "1612396045", modifiedBy: "72057594038000001", name: "Plant by machine" },
  ...{ description: "Description", ruleOrder: "6", priority: "1", policyType: "1", operator: "AND", action: "ALLOW", customMsg: "Message" },
  auditMessage: '{"policyType":"Access Policy","name":"Plant by machine","action":"ALLOW","ruleOrder":"6"}',
  policySetId: "145256180497774421",
};

/** The whole of what version 1 takes with REQUIRE_APPROVAL, of which the page shows every field, numbers in place of texts and all. */
export const everyField = {
  ...{ action: "REQUIRE_APPROVAL", actionId: 0, customMsg: "string", defaultRule: true, defaultRuleName: "string", description: "string" },
  ...{
    id: 0,
    creationTime: 0,
    modifiedBy: 0,
    modifiedTime: 0,
    name: "string",
    operator: "AND",
    policySetId: 0,
    policyType: 0,
    priority: 0,
  },
  ...{ reauthIdleTimeout: 0, reauthTimeout: 0, restrictedEntity: true, ruleOrder: 0, zpnCbiProfileId: 0, zpnInspectionProfileId: 0 },
  zpnInspectionProfileName: "string",
  appServerGroups: [{ configSpace: "DEFAULT", enabled: true, id: 0, name: "string", restrictedEntity: true }],
  connectorGroups: [
    { connectors: [{ controlChannelStatus: "UNKNOWN", ipAcl: ["string"], signingCert: { additionalProp1: "string" } }], id: 0 },
  ],
  conditions: [
    {
      ...{ creationTime: 0, id: 0, modifiedBy: 0, modifiedTime: 0, negated: true, operator: "AND" },
      operands: [{ creationTime: 0, id: 0, idpId: 0, lhs: "string", name: "string", objectType: "USER", rhs: "string" }],
    },
  ],
};

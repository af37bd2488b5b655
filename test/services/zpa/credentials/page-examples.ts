/** Shapes and values of the examples on the vendor's page "Configuring Privileged Credentials Using API", as data of our own. */
const key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n";
export const scopeC = { microtenantId: "145260601092866314", microtenantName: "Scope C" } as const;

/** Each request of a create with the answer that stands beside it. */
export const creates = [
  {
    request: { name: "test-credentials", credentialType: "USERNAME_PASSWORD", userName: "test", password: "test" },
    answer: {
      id: "11410",
      modifiedTime: "1684413013",
      creationTime: "1684413013",
      modifiedBy: "145256180497777000",
      name: "test-credentials",
      userName: "test",
      credentialType: "USERNAME_PASSWORD",
      lastCredentialResetTime: "1684413013",
    },
  },
  {
    request: { name: "test-credential3", credentialType: "SSH_KEY", userName: "test", privateKey: key },
    answer: {
      id: "11414",
      modifiedTime: "1684413491",
      creationTime: "1684413491",
      modifiedBy: "145256180497777000",
      name: "test-credential3",
      userName: "test",
      credentialType: "SSH_KEY",
      lastCredentialResetTime: "1684413491",
    },
  },
  {
    request: { name: "test-credential4", credentialType: "PASSWORD", password: "test" },
    answer: {
      id: "11416",
      creationTime: "1684413909",
      modifiedBy: "72057594038624153",
      name: "test-credential4",
      credentialType: "PASSWORD",
      lastCredentialResetTime: "1684413909",
    },
  },
] as const;

/** The list without a microtenant: never-modified ones without a time of modification, odd names, a user of another domain. */
export const listed = {
  totalPages: "1",
  totalCount: "6",
  list: [
    {
      id: "47",
      creationTime: "1668431272",
      modifiedBy: "72057594038052745",
      name: "test",
      userName: "test123",
      credentialType: "SSH_KEY",
      lastCredentialResetTime: "1668431272",
    },
    {
      id: "259",
      modifiedTime: "1681193539",
      creationTime: "1681193467",
      modifiedBy: "72057594038071302",
      name: "test43782389823",
      description: "8h5KXKVxFOi92gpwy0RUbNGqa",
      userDomain: "yaYDDsmnke7sclsshifGnfuua.com",
      userName: "admin@lE54dmi5ytV2JsPejpxTP6jzy.com",
      credentialType: "USERNAME_PASSWORD",
      lastCredentialResetTime: "1681193539",
    },
    {
      id: "80",
      modifiedTime: "1681112288",
      creationTime: "1671722598",
      modifiedBy: "72057594038071302",
      name: "test8&^%$",
      userName: "simha",
      credentialType: "SSH_KEY",
      lastCredentialResetTime: "1671722598",
    },
    {
      id: "20",
      modifiedTime: "1668433318",
      creationTime: "1664475368",
      modifiedBy: "72057594038052745",
      name: "testCred",
      userName: "test123",
      credentialType: "USERNAME_PASSWORD",
      lastCredentialResetTime: "1668433318",
    },
    {
      id: "113",
      creationTime: "1676338296",
      modifiedBy: "72057594038006701",
      name: "testCred22",
      userName: "test",
      credentialType: "SSH_KEY",
      lastCredentialResetTime: "1676338296",
    },
    {
      id: "57",
      creationTime: "1669048095",
      modifiedBy: "72057594038072642",
      name: "trial01",
      userName: "Zscaler",
      credentialType: "USERNAME_PASSWORD",
      lastCredentialResetTime: "1669048095",
    },
  ],
} as const;

/** One credential, in the Default microtenant. In another, it is the last of {@link listedInMicrotenant}. */
export const single = {
  id: "11262",
  creationTime: "1683125378",
  modifiedBy: "72057594038624153",
  name: "test-test-test-1",
  description: "test-test-test-1",
  userDomain: "zscaler.com",
  userName: "krishna",
  credentialType: "USERNAME_PASSWORD",
  lastCredentialResetTime: "1683125378",
} as const;

/** The list of a microtenant's own, which the page searches by ownership. */
export const listedInMicrotenant = {
  totalPages: "1",
  totalCount: "4",
  list: [
    {
      id: "453",
      creationTime: "1667515573",
      modifiedBy: "72057594038067446",
      name: "key size test",
      ...scopeC,
      userName: "testkey",
      credentialType: "SSH_KEY",
      lastCredentialResetTime: "1667515573",
    },
    {
      id: "128",
      modifiedTime: "1667932422",
      creationTime: "1663696264",
      modifiedBy: "72057594038006701",
      name: "Test Credentials",
      ...scopeC,
      userName: "test",
      credentialType: "USERNAME_PASSWORD",
      lastCredentialResetTime: "1667932422",
    },
    {
      id: "455",
      creationTime: "1667515783",
      modifiedBy: "72057594038067446",
      name: "Test Key Size 1",
      ...scopeC,
      userName: "test-key-1",
      credentialType: "SSH_KEY",
      lastCredentialResetTime: "1667515783",
    },
    { ...single, ...scopeC },
  ],
} as const;

/** The request of an update, the same with and without a microtenant. */
export const updateRequest = { name: "test-credential4", credentialType: "PASSWORD", password: "test" } as const;

/// Every event ever written, as its type, a tab, and its data. Lines are only appended: a journal may hold them.
// swift-format-ignore
let writtenEvents = #"""
    accountOpened	{"account":{"name":"Foxtrail / Ltd \"é\"","plan":"enterprise-pro","portalURL":"https://help.contoso.example/","timeZone":"Europe/Berlin"},"journal":"5b1d"}
    accountChanged	{"account":{"name":"Foxtrail / Ltd \"é\"","plan":"enterprise-pro","portalURL":"https://help.contoso.example/","timeZone":"Europe/Berlin"}}
    agentAdded	{"agent":1,"email":"eve@contoso.example","name":"Eve","role":"admin"}
    agentRemoved	{"agent":1}
    appInstalled	{}
    appUninstalled	{}
    fieldDefined	{"choices":["Ulm","Bonn"],"isRequired":true,"name":"Site","type":"dropdown"}
    fieldChanged	{"choices":[],"isRequired":false,"name":"Tags","type":"multiple-choice"}
    fieldRemoved	{"name":"Site"}
    tenantAuthorized	{"authority":"https://login.microsoftonline.com","clientID":"app","displayName":"Contoso","domains":["contoso.example","contoso.onmicrosoft.com"],"graph":"https://graph.microsoft.com","signIn":"clientSecret","tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    tenantReauthorized	{"authority":"https://login.microsoftonline.com","clientID":"app","displayName":"Contoso","domains":["contoso.example","contoso.onmicrosoft.com"],"graph":"https://graph.microsoft.com","signIn":"clientSecret","tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    tenantAuthorizationFailed	{"aadsts":700016,"reason":"no such app","tenant":"contoso.example"}
    tenantAuthorizationFailed	{"reason":"no answer","tenant":"contoso.example"}
    tenantDisabled	{"aadsts":7000222,"advice":"re-authorize","reason":"secret expired","tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    mappingChanged	{"mapping":{"customFields":{"Cost center":"employeeOrgData/costCenter"},"email":"userPrincipalName","name":"displayName","phones":{"mobile":"mobilePhone","work":"businessPhones[0]"}},"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    selectionChanged	{"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11","users":{"all":{}}}
    selectionChanged	{"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11","users":{"groups":{"ids":["g1","g2"]}}}
    tenantAuthorized	{"authority":"https://login.microsoftonline.com","clientID":"app","displayName":"Contoso","domains":["contoso.example"],"expiresAt":1800000000000,"graph":"https://graph.microsoft.com","hasOwnAuthority":true,"signIn":"certificate","tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    tenantEnabled	{"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    tenantDeleted	{"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    selectionChanged	{"names":{"g1":"Support"},"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11","users":{"groups":{"ids":["g1"]}}}
    inclusionChanged	{"include":{"disabled":false,"guests":true},"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    fullReadDaysChanged	{"days":3,"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    selectionRead	{"extent":"full","objects":0,"properties":[],"reason":"reconciliation","tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    overwriteChanged	{"isOn":false,"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    accountEmailChanged	{"isOn":true,"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    contactSyncEnabled	{"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    contactSyncDisabled	{"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    syncStarted	{"engine":1,"tenants":["8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"],"trigger":"schedule"}
    pageRead	{"objects":999,"page":1,"requestID":"r-1","tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    pageRead	{"objects":0,"page":2,"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    userFetched	{"id":"ann", "displayName":"L\u00e9e","seats":5.50}
    userChanged	{"id":"ann","department":null}
    userRemoved	{"cause":"softDeleted"}
    userRemoved	{"cause":"deleted"}
    userRemoved	{"cause":"missing"}
    selectionRead	{"deltaLink":"https://x.example/?a=b","extent":"full","objects":3,"properties":["id"],"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    selectionRead	{"extent":"changes","objects":0,"properties":[],"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    tenantReadFailed	{"advice":"authorize the tenant again","reason":"503","tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    tenantReadFailed	{"reason":"503","requestID":"r-2","tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    syncCompleted	{"totals":{"existing":3,"failed":1,"new":2}}
    syncFailed	{"reason":"disk full","totals":{"existing":3,"failed":1,"new":2}}
    syncInterrupted	{"totals":{"existing":3,"failed":1,"new":2}}
    contactCreated	{"contact":7,"customFields":{"Cost center":"77","Seats":5.5},"email":"ann@contoso.example","name":"Ann \"A\" Lée","phones":{"home":"2","work":"+49 1"}}
    contactAdded	{"contact":7,"customFields":{},"email":"ann@contoso.example","name":"Ann","phones":{}}
    contactUpdated	{"adopts":true,"changes":[],"contact":7}
    contactUpdated	{"adopts":false,"changes":[{"field":"email","new":"b@b.cd","old":"a@b.cd"},{"field":"name","new":"B","old":"A"},{"field":"phones.mobile","new":"1","old":null},{"field":"customFields.Cost.center","new":null,"old":1.5}],"contact":7}
    contactFailed	{"email":"","reasons":[{"code":"emailMissing","property":"mail"},{"code":"emailInvalid","property":"mail","value":"x"},{"code":"nameMissing","property":"displayName"},{"code":"phoneEmpty","phone":"home","property":"mobilePhone"},{"code":"datatypeMismatch","field":"Seats","fieldType":"number","property":"city","type":"text","value":"many"},{"choices":["Bonn","Ulm"],"code":"notAChoice","field":"Site","property":"city","value":"Rome"},{"code":"requiredEmpty","field":"Site","property":"city"},{"code":"requiredEmpty","field":"Site"},{"code":"sameEmail","objectID":"bob","tenant":"contoso"},{"code":"emailTaken","contact":7}]}
    contactFailed	{"contact":7,"email":"ann","reasons":[{"code":"emailInvalid","property":"mail","value":"ann"}]}
    helpDeskChanged	{"helpDesk":{"kind":"happyfox","requestShare":60,"url":"https://acme.happyfox.com"},"relinks":true}
    helpDeskChanged	{"helpDesk":{"kind":"embedded"},"relinks":false}
    requestsReserved	{"gets":20,"posts":1}
    helpDeskThrottled	{"until":1800000000000}
    contactRead	{"contact":7,"customFields":{"Seats":5.5},"email":"ann@contoso.example","name":"Ann","phones":{"home":"2"}}
    contactsRead	{"contacts":62}
    contactRemoved	{"contact":7}
    contactWriteRequested	{"customFields":{},"email":"ann@contoso.example","name":"Ann","phones":{"work":"1"}}
    contactWriteRequested	{"adopts":true,"changes":[{"field":"email","new":"b@b.cd","old":"a@b.cd"}],"contact":7}
    contactWriteAbandoned	{"reason":"the contact was not there"}
    contactParkRequested	{"contact":7,"email":"moving-7@contoso.example"}
    fieldDefined	{"choiceIDs":[30],"choices":["Ulm"],"id":5,"isRequired":true,"name":"Site","type":"dropdown"}
    fieldDefined	{"choices":[],"id":6,"isRequired":false,"name":"Shade","type":"colour-picker"}
    contactFailed	{"email":"a@b.cd","reasons":[{"by":"HappyFox","code":"refused","words":"name: is required."}]}
    syncFailed	{"helpDesk":{"advice":["a new key"],"isRefused":true,"reason":"no"},"reason":"HappyFox: no","totals":{"existing":0,"failed":1,"new":0}}
    syncFailed	{"helpDesk":{"advice":["a new plan"],"isRefused":false,"isUnplanned":true,"reason":"moved"},"reason":"moved","totals":{"existing":0,"failed":1,"new":0}}
    mailServerChanged	{"server":{"from":"desk@contoso.example","fromName":"Desk","hasOwnAuthority":true,"host":"mail.contoso.example","port":587,"security":"starttls","user":"desk"}}
    mailServerChanged	{}
    mailTemplateChanged	{"template":{"html":"<p>H</p>","subject":"S","text":"T"}}
    mailTemplateChanged	{}
    accountEmailRequested	{"messageID":"<1@contoso.example>","to":"ann@contoso.example"}
    accountEmailSent	{}
    accountEmailFailed	{"code":451,"kind":"temporary","reason":"busy"}
    accountEmailFailed	{"kind":"unknown","reason":"interrupted"}
    checkpointSigned	{"head":{"root":"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f","size":41},"key":"530d903a"}
    checkpointSigned	{"abandoned":{"root":"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f","size":50},"head":{"root":"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f","size":41},"key":"530d903a"}
    personErased	{"contacts":[7],"digest":"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f","events":3}
    guardChanged	{"limits":{"creates":50,"updates":20},"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    guardChanged	{"limits":{},"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    tenantHeld	{"causes":{"entra":1,"selection":2,"settings":61},"contacts":300,"creates":2,"edits":[{"actor":"agent:1","kind":"mapping","position":9}],"limits":{"updates":20},"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11","updates":62}
    tenantHeld	{"causes":{"entra":70,"selection":0,"settings":0},"contacts":60,"creates":70,"edits":[],"isEstimate":true,"limits":{"creates":50},"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11","updates":0}
    syncApproved	{"held":7,"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    syncApproved	{"held":7,"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11","users":["ann"]}
    syncStarted	{"engine":2,"staged":true,"tenants":["8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"],"trigger":"approved"}
    syncFailed	{"reason":"held","totals":{"existing":0,"failed":3,"held":2,"new":0}}
    recordsUnconcerned	{"tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11","users":["ann","bob"]}
    tenantReadFailed	{"mayPass":true,"reason":"503","tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"}
    noticeRecipientsChanged	{"recipients":{"addresses":[{"email":"ops@contoso.example","number":1}],"admins":true}}
    noticeWebhookChanged	{"webhook":{"hasOwnAuthority":true,"url":"https://hooks.contoso.example/a?b=c"}}
    noticeWebhookChanged	{}
    noticeRaised	{"cause":{"detail":"12","kind":"recordsFailing","tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"},"facts":{"domain":"contoso.example","records":{"failing":5,"new":2,"reasons":{"phoneEmpty":2}}},"notice":3,"replaces":[1]}
    noticeRaised	{"cause":{"kind":"tenantDisabled","tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"},"facts":{"aadsts":7000222,"advice":["re-authorize"],"domain":"contoso.example","reason":"secret expired"},"notice":4}
    noticeRaised	{"cause":{"detail":"30","kind":"credentialExpiring","tenant":"8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11"},"facts":{"domain":"contoso.example","expiresAt":1800000000000,"signIn":"certificate"},"notice":5}
    noticeCleared	{"ending":"recovered","notice":3}
    noticeCleared	{"ending":"obsolete","notice":4}
    noticeCleared	{"ending":"replaced","notice":1}
    noticeDelivered	{"notice":3,"part":"raised","target":"agent:1"}
    noticeUndelivered	{"isFinal":false,"notice":3,"part":"cleared","reason":"the webhook answered 500","target":"webhook"}
    agentChanged	{"agent":1,"name":"Eve","role":"agent"}
    """#

// What one Keyturn needs in Azure. Nothing here is a password: the bot and the Graph app prove themselves by
// one user-assigned managed identity, and the database's address is read from Key Vault by that identity.

@minLength(4)
@maxLength(20)
@description('Letters and digits; names every resource and, with azurewebsites.net, the public host.')
param resourceBaseName string

@maxLength(42)
param botDisplayName string = 'Keyturn'

param location string = resourceGroup().location

@description('Always on and more than one instance need B1 or better.')
param webAppSku string = 'B1'

@allowed(['NODE|22-lts', 'NODE|24-lts'])
param nodeVersion string = 'NODE|24-lts'

@description('The Microsoft Entra tenant whose people may talk to the bot.')
param teamsTenantId string

@description('Entra object ids of the first admins, separated by commas.')
param firstAdmins string

@description('Application id of the multi-tenant registration that customers consent to. It must trust the managed identity as a federated credential.')
param graphAppId string

@secure()
@description('MongoDB connection string with its credentials.')
param mongodbUri string

var keyVaultSecretsUser = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '4633458b-17de-408a-b874-0445c86b69e6'
)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: resourceBaseName
  location: location
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: resourceBaseName
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
  }

  resource mongodb 'secrets' = {
    name: 'mongodb-uri'
    properties: { value: mongodbUri }
  }
}

resource readsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, identity.id, keyVaultSecretsUser)
  properties: {
    roleDefinitionId: keyVaultSecretsUser
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: resourceBaseName
  location: location
  kind: 'linux'
  sku: { name: webAppSku }
  properties: { reserved: true }
}

resource webApp 'Microsoft.Web/sites@2023-12-01' = {
  name: resourceBaseName
  location: location
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    siteConfig: {
      linuxFxVersion: nodeVersion
      appCommandLine: 'node dist/keyturn/index.js'
      alwaysOn: true
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      healthCheckPath: '/readyz'
    }
  }
}

// The names are those of .env.example. PORT is set by App Service.
resource settings 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: webApp
  name: 'appsettings'
  dependsOn: [readsSecrets]
  properties: {
    SCM_DO_BUILD_DURING_DEPLOYMENT: 'true'
    TEAMS_TENANT_ID: teamsTenantId
    FIRST_ADMINS: firstAdmins
    PUBLIC_URL: 'https://${webApp.properties.defaultHostName}'
    BOT_APP_ID: identity.properties.clientId
    BOT_APP_TYPE: 'UserAssignedMSI'
    GRAPH_APP_ID: graphAppId
    GRAPH_APP_MANAGED_IDENTITY_CLIENT_ID: identity.properties.clientId
    MONGODB_URI: '@Microsoft.KeyVault(SecretUri=${vault::mongodb.properties.secretUri})'
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: resourceBaseName
  location: 'global'
  kind: 'azurebot'
  sku: { name: 'F0' }
  properties: {
    displayName: botDisplayName
    endpoint: 'https://${webApp.properties.defaultHostName}/api/messages'
    msaAppId: identity.properties.clientId
    msaAppMSIResourceId: identity.id
    msaAppTenantId: identity.properties.tenantId
    msaAppType: 'UserAssignedMSI'
    disableLocalAuth: true
  }

  resource teams 'channels' = {
    name: 'MsTeamsChannel'
    location: 'global'
    properties: { channelName: 'MsTeamsChannel' }
  }
}

output AZURE_APP_SERVICE_RESOURCE_ID string = webApp.id
output BOT_APP_ID string = identity.properties.clientId
output PUBLIC_HOST string = webApp.properties.defaultHostName

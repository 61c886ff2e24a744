import {
  AuthenticationConfiguration,
  AuthenticationConstants,
  type BotFrameworkAuthentication,
  BotFrameworkAuthenticationFactory,
  GovernmentConstants,
  JwtTokenProviderFactory,
  ManagedIdentityServiceClientCredentialsFactory,
  PasswordServiceClientCredentialFactory,
  type ServiceClientCredentialsFactory,
} from 'botframework-connector';
import { CallerIdConstants } from 'botframework-schema';
import type { Log } from '../../domain/ports';
import type { BotFrameworkChannel, LocalPlaygroundChannel, Secret } from '../settings/config';
import { ActivityAdapter } from './activityAdapter';
import { CachedAuthentication } from './cachedAuthentication';
import { CertificateCredentialsFactory } from './certificateCredentialsFactory';
import type { Certificate } from './readCertificate';

/** The Bot Framework channel with its certificate loaded. */
export type OpenedChannel =
  | (Omit<BotFrameworkChannel, 'credential'> & {
      credential: Secret | Certificate | { kind: 'managedIdentity' };
    })
  | LocalPlaygroundChannel;

/**
 * The adapter for the channel. It keeps its clients between turns, repeats only reads by itself, and gives
 * up on an answer after 15 seconds, so that the caller learns the true outcome of each attempt.
 */
export function createAdapter(channel: OpenedChannel, deps: { log: Log }): ActivityAdapter {
  return new ActivityAdapter(new CachedAuthentication(authentication(channel), deps));
}

function authentication(channel: OpenedChannel): BotFrameworkAuthentication {
  const anonymous = channel.kind === 'localPlayground';
  const government = !anonymous && channel.cloud === 'government';
  const constants = government ? GovernmentConstants : AuthenticationConstants;
  const loginUrl = `${constants.ToChannelFromBotLoginUrlPrefix}${anonymous ? 'common' : channel.tenantId}`;
  return BotFrameworkAuthenticationFactory.create(
    '',
    true,
    loginUrl,
    constants.ToChannelFromBotOAuthScope,
    anonymous ? constants.ToBotFromChannelTokenIssuer : channel.issuer,
    constants.OAuthUrl,
    anonymous ? constants.ToBotFromChannelOpenIdMetadataUrl : channel.metadataUrl,
    constants.ToBotFromEmulatorOpenIdMetadataUrl,
    government ? CallerIdConstants.USGovChannel : CallerIdConstants.PublicAzureChannel,
    anonymous ? new PasswordServiceClientCredentialFactory('', '') : credentials(channel, loginUrl),
    new AuthenticationConfiguration(),
  );
}

function credentials(
  { appId, tenantId, credential }: Exclude<OpenedChannel, LocalPlaygroundChannel>,
  loginUrl: string,
): ServiceClientCredentialsFactory {
  switch (credential.kind) {
    case 'secret':
      return new PasswordServiceClientCredentialFactory(appId, credential.secret, tenantId);
    case 'certificate':
      return new CertificateCredentialsFactory(appId, credential, loginUrl);
    case 'managedIdentity':
      return new ManagedIdentityServiceClientCredentialsFactory(appId, new JwtTokenProviderFactory());
  }
}

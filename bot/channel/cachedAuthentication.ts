import {
  type AuthenticateRequestResult,
  BotFrameworkAuthentication,
  type ClaimsIdentity,
  type ConnectorClient,
  ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import type { Activity } from 'botframework-schema';
import type { Log } from '../../domain/ports';
import { createBoundedCache } from './boundedCache';
import { limitRequests } from './limitRequests';

const mostServiceUrls = 100;
const mostTokens = 100;

/**
 * The SDK's authentication with a cache. The SDK makes clients for each turn, each with its own request
 * pipeline; here one is kept for each service URL and audience, up to a bound.
 */
export class CachedAuthentication extends BotFrameworkAuthentication {
  private readonly authenticated = createBoundedCache<AuthenticateRequestResult>(mostTokens);
  private readonly connectors = createBoundedCache<ConnectorClient>(mostServiceUrls);
  private readonly userTokenClients = createBoundedCache<UserTokenClient>(1);

  constructor(
    private readonly inner: BotFrameworkAuthentication,
    private readonly deps: { log: Log },
  ) {
    super();
  }

  /**
   * The channel uses one token for many requests: each request is verified before this, and the SDK reads
   * the token once.
   */
  override authenticateRequest(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    const { channelId, serviceUrl } = activity;
    return this.authenticated(JSON.stringify([authHeader, channelId, serviceUrl]), async () => {
      const result = await this.inner.authenticateRequest(activity, authHeader);
      return { ...result, connectorFactory: this.createConnectorFactory(result.claimsIdentity) };
    });
  }

  override authenticateStreamingRequest(
    authHeader: string,
    channelIdHeader: string,
  ): Promise<AuthenticateRequestResult> {
    return this.inner.authenticateStreamingRequest(authHeader, channelIdHeader);
  }

  override createConnectorFactory(claimsIdentity: ClaimsIdentity): ConnectorFactory {
    return new CachedConnectorFactory((serviceUrl, audience) =>
      this.connectors(JSON.stringify([serviceUrl, audience]), async () => {
        const client = await this.inner.createConnectorFactory(claimsIdentity).create(serviceUrl, audience);
        if (!limitRequests(client)) this.deps.log.warn({}, 'the connector client repeats sends by itself');
        return client;
      }),
    );
  }

  override createUserTokenClient(claimsIdentity: ClaimsIdentity): Promise<UserTokenClient> {
    return this.userTokenClients('', () => this.inner.createUserTokenClient(claimsIdentity));
  }

  override getOriginatingAudience(): string {
    return this.inner.getOriginatingAudience();
  }
}

class CachedConnectorFactory extends ConnectorFactory {
  constructor(readonly create: (serviceUrl: string, audience?: string) => Promise<ConnectorClient>) {
    super();
  }
}

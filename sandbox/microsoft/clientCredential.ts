import { importX509, jwtVerify } from 'jose';
import type { Clock } from '../../domain/ports';
import { SignInRefused } from './signInErrors';
import type { Application } from './world';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Checks the application's secret or signed assertion; throws SignInRefused. */
export async function checkClientCredential(
  form: URLSearchParams,
  application: Application,
  context: { tokenUrl: string; clock: Clock },
): Promise<void> {
  if (form.get('client_id') !== application.clientId) throw new SignInRefused('700016');
  const assertion = form.get('client_assertion');
  if (assertion) {
    if (form.get('client_assertion_type') !== ASSERTION_TYPE) throw new SignInRefused('700027');
    return checkAssertion(assertion, application, context);
  }
  const secret = form.get('client_secret');
  if (!secret) throw new SignInRefused('7000218');
  if (secret !== application.clientSecret) throw new SignInRefused('7000215');
  if (application.secretExpired) throw new SignInRefused('7000222');
}

async function checkAssertion(
  assertion: string,
  { clientId, clientCertificatePem }: Application,
  { tokenUrl, clock }: { tokenUrl: string; clock: Clock },
): Promise<void> {
  if (!clientCertificatePem) throw new SignInRefused('700027');
  try {
    // SHA-256 thumbprints sign with PS256, the older SHA-1 ones with RS256.
    const { alg } = JSON.parse(Buffer.from(assertion.split('.')[0] ?? '', 'base64url').toString('utf8'));
    const key = await importX509(clientCertificatePem, alg === 'RS256' ? 'RS256' : 'PS256');
    await jwtVerify(assertion, key, {
      issuer: clientId,
      subject: clientId,
      audience: tokenUrl,
      algorithms: ['PS256', 'RS256'],
      requiredClaims: ['exp', 'jti'],
      currentDate: new Date(clock.now()),
      clockTolerance: 300,
    });
  } catch (cause) {
    throw Object.assign(new SignInRefused('700027'), { cause });
  }
}

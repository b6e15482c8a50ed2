/* Verifying signatures on all cores: A5. */
#include "ledger/base/crypto.h"
#include "tools/civilctl/audit_internal.h"

static bool verify(const struct audit_record *record)
{
	for (size_t i = 0; i < record->signature_count; i++) {
		const Civil__V1__Signature *signature = record->signatures[i];

		if (!crypto_verify_in(
		            CRYPTO_DOMAIN_EVENT, record->header,
		            bytes_of(signature->signature.data, signature->signature.len),
		            bytes_of(signature->public_key.data, signature->public_key.len))) {
			return false;
		}
	}
	return record->signature_count > 0;
}

static void *work(void *context)
{
	struct audit_pool *pool = context;
	uint64_t done = 0;

	(void)pthread_mutex_lock(&pool->lock);
	while (!pool->ending) {
		if (pool->chunk == done) {
			(void)pthread_cond_wait(&pool->wake, &pool->lock);
			continue;
		}
		done = pool->chunk;
		(void)pthread_mutex_unlock(&pool->lock);
		for (size_t i = atomic_fetch_add(&pool->next, 1); i < pool->count;
		     i = atomic_fetch_add(&pool->next, 1)) {
			pool->records[i].is_signed_well = verify(&pool->records[i]);
		}
		(void)pthread_mutex_lock(&pool->lock);
		pool->working--;
		if (pool->working == 0) {
			(void)pthread_cond_signal(&pool->idle);
		}
	}
	(void)pthread_mutex_unlock(&pool->lock);
	return NULL;
}

enum status audit_pool_start(struct audit_pool *pool, unsigned workers)
{
	(void)pthread_mutex_init(&pool->lock, NULL);
	(void)pthread_cond_init(&pool->wake, NULL);
	(void)pthread_cond_init(&pool->idle, NULL);
	while (pool->thread_count < workers && pool->thread_count < AUDIT_WORKERS_MAX) {
		if (pthread_create(&pool->threads[pool->thread_count], NULL, work, pool) != 0) {
			break; /* fewer workers take longer */
		}
		pool->thread_count++;
	}
	return pool->thread_count == 0 ? STATUS_NO_MEMORY : STATUS_OK;
}

void audit_pool_give(struct audit_pool *pool, struct audit_record records[], size_t count)
{
	(void)pthread_mutex_lock(&pool->lock);
	pool->records = records;
	pool->count = count;
	atomic_store(&pool->next, 0);
	pool->working = pool->thread_count;
	pool->chunk++;
	(void)pthread_cond_broadcast(&pool->wake);
	(void)pthread_mutex_unlock(&pool->lock);
}

void audit_pool_wait(struct audit_pool *pool)
{
	(void)pthread_mutex_lock(&pool->lock);
	while (pool->working > 0) {
		(void)pthread_cond_wait(&pool->idle, &pool->lock);
	}
	(void)pthread_mutex_unlock(&pool->lock);
}

void audit_pool_stop(struct audit_pool *pool)
{
	if (pool->thread_count == 0) {
		return;
	}
	(void)pthread_mutex_lock(&pool->lock);
	pool->ending = true;
	(void)pthread_cond_broadcast(&pool->wake);
	(void)pthread_mutex_unlock(&pool->lock);
	for (unsigned i = 0; i < pool->thread_count; i++) {
		(void)pthread_join(pool->threads[i], NULL);
	}
	(void)pthread_cond_destroy(&pool->idle);
	(void)pthread_cond_destroy(&pool->wake);
	(void)pthread_mutex_destroy(&pool->lock);
}

#include "ledger/store/treap.h"

#include "ledger/base/assert.h"

#include <stdatomic.h>
#include <stdlib.h>

/* One key and its value. Shared by all copies of its node. */
struct treap_entry {
	atomic_size_t references;
	size_t key_size;
	size_t value_size;
	uint64_t priority;
	bool grave;
	uint8_t bytes[]; /* key, value */
};

struct treap_node {
	atomic_size_t references;
	struct treap_node *left;
	struct treap_node *right;
	struct treap_entry *entry;
};

/* FNV-1a, then the finaliser of MurmurHash3: FNV alone leaves neighbouring keys alike at the top.
 */
static uint64_t treap_priority(struct bytes key)
{
	uint64_t hash = 0xcbf29ce484222325;

	for (size_t i = 0; i < key.size; i++) {
		hash = (hash ^ key.data[i]) * 0x100000001b3;
	}
	hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccd;
	hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53;
	return hash ^ hash >> 33;
}

int treap_compare(struct bytes a, struct bytes b)
{
	size_t common = a.size < b.size ? a.size : b.size;
	int order = common == 0 ? 0 : memcmp(a.data, b.data, common);

	if (order != 0) {
		return order;
	}
	return (a.size > b.size) - (a.size < b.size);
}

static struct treap_entry *treap_entry_new(struct bytes key, struct bytes value)
{
	struct treap_entry *entry = malloc(sizeof(*entry) + key.size + value.size);

	if (entry == NULL) {
		return NULL;
	}
	atomic_init(&entry->references, 1);
	entry->key_size = key.size;
	entry->value_size = value.size;
	entry->priority = treap_priority(key);
	entry->grave = false;
	if (key.size > 0) {
		memcpy(entry->bytes, key.data, key.size);
	}
	if (value.size > 0) {
		memcpy(entry->bytes + key.size, value.data, value.size);
	}
	return entry;
}

static void treap_entry_release(struct treap_entry *entry)
{
	if (atomic_fetch_sub(&entry->references, 1) == 1) {
		free(entry);
	}
}

/* Takes the references to the entry and the children; on failure they stay the caller's. */
static struct treap_node *treap_node_new(struct treap_entry *entry, struct treap_node *left,
                                         struct treap_node *right)
{
	struct treap_node *node = malloc(sizeof(*node));

	if (node == NULL) {
		return NULL;
	}
	atomic_init(&node->references, 1);
	node->left = left;
	node->right = right;
	node->entry = entry;
	return node;
}

struct treap_node *treap_retain(struct treap_node *root)
{
	if (root != NULL) {
		atomic_fetch_add(&root->references, 1);
	}
	return root;
}

/* Recursion goes as deep as the tree, some 40 levels for 100,000 keys. */
void treap_release(struct treap_node *root)
{
	if (root == NULL || atomic_fetch_sub(&root->references, 1) != 1) {
		return;
	}
	treap_release(root->left);
	treap_release(root->right);
	treap_entry_release(root->entry);
	free(root);
}

struct bytes treap_key(const struct treap_node *node)
{
	return bytes_of(node->entry->bytes, node->entry->key_size);
}

struct bytes treap_value(const struct treap_node *node)
{
	return bytes_of(node->entry->bytes + node->entry->key_size, node->entry->value_size);
}

/* Makes `*node` ours alone, to be written: copies it when another version reaches it too. The
 * caller owns the path down to it, so a count of one means nobody else can come by. */
static bool treap_own(struct treap_node **node)
{
	struct treap_node *shared = *node;

	if (atomic_load(&shared->references) == 1) {
		return true;
	}
	struct treap_node *copy = treap_node_new(shared->entry, shared->left, shared->right);
	if (copy == NULL) {
		return false;
	}
	atomic_fetch_add(&shared->entry->references, 1);
	(void)treap_retain(shared->left); /* the copy's reference */
	(void)treap_retain(shared->right);
	treap_release(shared);
	*node = copy;
	return true;
}

/* Lifts the left (right) child above its parent; both are ours alone. */
static void treap_lift_left(struct treap_node **node)
{
	struct treap_node *child = (*node)->left;

	(*node)->left = child->right;
	child->right = *node;
	*node = child;
}

static void treap_lift_right(struct treap_node **node)
{
	struct treap_node *child = (*node)->right;

	(*node)->right = child->left;
	child->left = *node;
	*node = child;
}

/* Takes `entry` when it returns true. */
static bool treap_insert(struct treap_node **node, struct treap_entry *entry)
{
	if (*node == NULL) {
		*node = treap_node_new(entry, NULL, NULL);
		return *node != NULL;
	}
	if (!treap_own(node)) {
		return false;
	}
	int order = treap_compare(bytes_of(entry->bytes, entry->key_size), treap_key(*node));

	if (order == 0) {
		treap_entry_release((*node)->entry);
		(*node)->entry = entry;
		return true;
	}
	struct treap_node **child = order < 0 ? &(*node)->left : &(*node)->right;

	if (!treap_insert(child, entry)) {
		return false;
	}
	if ((*child)->entry->priority > (*node)->entry->priority) {
		if (order < 0) {
			treap_lift_left(node);
		} else {
			treap_lift_right(node);
		}
	}
	return true;
}

static bool treap_set(struct treap_node **root, struct bytes key, struct bytes value, bool grave)
{
	struct treap_entry *entry = treap_entry_new(key, value);

	if (entry == NULL) {
		return false;
	}
	entry->grave = grave;
	if (!treap_insert(root, entry)) {
		treap_entry_release(entry);
		return false;
	}
	return true;
}

bool treap_put(struct treap_node **root, struct bytes key, struct bytes value)
{
	return treap_set(root, key, value, false);
}

bool treap_bury(struct treap_node **root, struct bytes key)
{
	return treap_set(root, key, bytes_of(NULL, 0), true);
}

bool treap_is_grave(const struct treap_node *node)
{
	return node->entry->grave;
}

/* Recursion as deep as in treap_release. */
void treap_walk(const struct treap_node *root,
                void (*visit)(void *context, const struct treap_node *node), void *context)
{
	if (root != NULL) {
		treap_walk(root->left, visit, context);
		visit(context, root);
		treap_walk(root->right, visit, context);
	}
}

/* Joins two maps, all keys of `left` before all of `right`, into `*out`; takes both. */
static bool treap_join(struct treap_node **out, struct treap_node *left, struct treap_node *right)
{
	while (left != NULL && right != NULL) {
		bool left_on_top = left->entry->priority > right->entry->priority;
		struct treap_node **top = left_on_top ? &left : &right;

		if (!treap_own(top)) {
			*out = left;
			treap_release(right);
			return false;
		}
		*out = *top;
		if (left_on_top) {
			out = &left->right;
			left = left->right;
		} else {
			out = &right->left;
			right = right->left;
		}
	}
	*out = left != NULL ? left : right;
	return true;
}

bool treap_delete(struct treap_node **root, struct bytes key)
{
	if (treap_find(*root, key) == NULL) {
		return true;
	}
	struct treap_node **node = root;

	for (;;) {
		ASSERT(*node != NULL);
		if (!treap_own(node)) {
			return false;
		}
		int order = treap_compare(key, treap_key(*node));
		if (order == 0) {
			break;
		}
		node = order < 0 ? &(*node)->left : &(*node)->right;
	}
	struct treap_node *gone = *node;
	struct treap_node *left = gone->left;
	struct treap_node *right = gone->right;

	gone->left = NULL;
	gone->right = NULL;
	*node = NULL;
	treap_release(gone);
	return treap_join(node, left, right);
}

const struct treap_node *treap_from(const struct treap_node *root, struct bytes key)
{
	const struct treap_node *found = NULL;

	while (root != NULL) {
		if (treap_compare(treap_key(root), key) >= 0) {
			found = root;
			root = root->left;
		} else {
			root = root->right;
		}
	}
	return found;
}

const struct treap_node *treap_after(const struct treap_node *root, struct bytes key)
{
	const struct treap_node *found = NULL;

	while (root != NULL) {
		if (treap_compare(treap_key(root), key) > 0) {
			found = root;
			root = root->left;
		} else {
			root = root->right;
		}
	}
	return found;
}

const struct treap_node *treap_find(const struct treap_node *root, struct bytes key)
{
	const struct treap_node *node = treap_from(root, key);

	return node != NULL && bytes_equal(treap_key(node), key) ? node : NULL;
}

// The functions of one algorithm: those for any (EVP) read configuration files and load providers at their first use,
// which takes longer than the hash of a small file.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include "digits_curl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

// What is used of libcurl's interface (https://curl.se/libcurl/c/). Its numbers never change: the library has kept the
// binary interface of libcurl.so.4 since 2006.
enum { CURLE_OK = 0, CURL_GLOBAL_DEFAULT = 3, CURLPROTO_HTTP = 1, CURLPROTO_HTTPS = 2 };
enum option {
    CURLOPT_NOPROGRESS = 43,
    CURLOPT_FOLLOWLOCATION = 52,
    CURLOPT_MAXREDIRS = 68,
    CURLOPT_NOSIGNAL = 99,
    CURLOPT_HTTP_CONTENT_DECODING = 158,
    CURLOPT_PROTOCOLS = 181,
    CURLOPT_REDIR_PROTOCOLS = 182,
    CURLOPT_SUPPRESS_CONNECT_HEADERS = 265,
    CURLOPT_WRITEDATA = 10001,
    CURLOPT_URL = 10002,
    CURLOPT_RANGE = 10007,
    CURLOPT_ERRORBUFFER = 10010,
    CURLOPT_USERAGENT = 10018,
    CURLOPT_HEADERDATA = 10029,
    CURLOPT_XFERINFODATA = 10057,
    CURLOPT_ACCEPT_ENCODING = 10102,
    CURLOPT_WRITEFUNCTION = 20011,
    CURLOPT_HEADERFUNCTION = 20079,
    CURLOPT_XFERINFOFUNCTION = 20219,
};

static struct {
    int (*global_init)(long);
    void *(*easy_init)(void);
    int (*easy_setopt)(void *, int, ...);
    int (*easy_perform)(void *);
    void (*easy_cleanup)(void *);
    const char *(*easy_strerror)(int);
} curl;

static const char *fault;
static char fault_text[DIGITS_CURL_MESSAGE_SIZE];

#ifdef __APPLE__
static const char *const names[] = {"libcurl.4.dylib"};
#else
// Debian has a second build, which differs in the library that encrypts.
static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
#endif

static void remember_fault(const char *text) {
    strncpy(fault_text, text ? text : "unknown fault", sizeof fault_text - 1);
    fault = fault_text;
}

static void load(void) {
    void *library = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !library; i++) {
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
        if (!library && i == 0) remember_fault(dlerror());
    }
    if (!library) return;
    fault = NULL;
    const struct { void *function; const char *name; } needed[] = {
        {&curl.global_init, "curl_global_init"},   {&curl.easy_init, "curl_easy_init"},
        {&curl.easy_setopt, "curl_easy_setopt"},   {&curl.easy_perform, "curl_easy_perform"},
        {&curl.easy_cleanup, "curl_easy_cleanup"}, {&curl.easy_strerror, "curl_easy_strerror"},
    };
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        void *symbol = dlsym(library, needed[i].name);
        if (!symbol) {
            remember_fault(dlerror());
            return;
        }
        memcpy(needed[i].function, &symbol, sizeof symbol);
    }
    int status = curl.global_init(CURL_GLOBAL_DEFAULT);
    if (status != CURLE_OK) remember_fault(curl.easy_strerror(status));
}

const char *digits_curl_load(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return fault;
}

// libcurl's callbacks. Returning another count than was told, or not zero, ends the transfer.

static size_t tell_head(char *line, size_t size, size_t count, void *data) {
    const struct digits_curl_request *request = data;
    return request->head(request->context, line, size * count) ? size * count : 0;
}

static size_t tell_body(char *bytes, size_t size, size_t count, void *data) {
    const struct digits_curl_request *request = data;
    return request->body(request->context, bytes, size * count) ? size * count : 0;
}

static int ask(void *data, int64_t total, int64_t now, int64_t upload_total, int64_t upload_now) {
    (void)total, (void)now, (void)upload_total, (void)upload_now;
    const struct digits_curl_request *request = data;
    return request->goes_on(request->context) ? 0 : 1;
}

bool digits_curl_get(
    const struct digits_curl_request *request, char message[DIGITS_CURL_MESSAGE_SIZE]) {
    memset(message, 0, DIGITS_CURL_MESSAGE_SIZE);
    void *handle = curl.easy_init();
    if (!handle) {
        strncpy(message, "libcurl could not start a transfer", DIGITS_CURL_MESSAGE_SIZE - 1);
        return false;
    }
    const struct { int option; long value; } numbers[] = {
        // Signals would be those of the whole process.
        {CURLOPT_NOSIGNAL, 1},
        {CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS},
        {CURLOPT_REDIR_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS},
        {CURLOPT_FOLLOWLOCATION, 1},
        {CURLOPT_MAXREDIRS, 20},
        {CURLOPT_HTTP_CONTENT_DECODING, 0},
        // The heads that are told are those of servers, not of a proxy on the way.
        {CURLOPT_SUPPRESS_CONNECT_HEADERS, 1},
        {CURLOPT_NOPROGRESS, 0},
    };
    const struct { int option; const void *value; } pointers[] = {
        {CURLOPT_ERRORBUFFER, message},
        {CURLOPT_URL, request->url},
        {CURLOPT_RANGE, request->range[0] ? request->range : NULL},
        {CURLOPT_USERAGENT, "digits"},
        // The file as it is: a server may otherwise compress it on the way, and ranges would count other bytes.
        {CURLOPT_ACCEPT_ENCODING, "identity"},
        {CURLOPT_HEADERDATA, request},
        {CURLOPT_WRITEDATA, request},
        {CURLOPT_XFERINFODATA, request},
    };
    int status = CURLE_OK;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers && status == CURLE_OK; i++)
        status = curl.easy_setopt(handle, numbers[i].option, numbers[i].value);
    for (size_t i = 0; i < sizeof pointers / sizeof *pointers && status == CURLE_OK; i++)
        status = curl.easy_setopt(handle, pointers[i].option, pointers[i].value);
    if (status == CURLE_OK) status = curl.easy_setopt(handle, CURLOPT_HEADERFUNCTION, tell_head);
    if (status == CURLE_OK) status = curl.easy_setopt(handle, CURLOPT_WRITEFUNCTION, tell_body);
    if (status == CURLE_OK) status = curl.easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, ask);
    if (status == CURLE_OK) status = curl.easy_perform(handle);
    if (status != CURLE_OK && !message[0])
        strncpy(message, curl.easy_strerror(status), DIGITS_CURL_MESSAGE_SIZE - 1);
    curl.easy_cleanup(handle);
    return status == CURLE_OK;
}

// The least that a program must do to run a model with llama.cpp: what the engine's speed is measured against.
// bare_loop <library folder> <model> <threads> <context>, then on its input for each round: <tokens to write> <tokens of the prompt> <token> ...
// Prints, for each round, seconds of the prompt up to the first token, and of the tokens after it.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "llama.h"

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void silent(enum ggml_log_level level, const char * text, void * data) { (void) level; (void) text; (void) data; }

static llama_token best(const float * logits, int n) {
    int at = 0;
    for (int i = 1; i < n; i++) {
        if (logits[i] > logits[at]) at = i;
    }
    return at;
}

int main(int argc, char ** argv) {
    if (argc != 5) return 2;
    llama_log_set(silent, NULL);
    ggml_backend_load_all_from_path(argv[1]);
    struct llama_model_params mp = llama_model_default_params();
    mp.load_mode = LLAMA_LOAD_MODE_NONE;
    struct llama_model * model = llama_model_load_from_file(argv[2], mp);
    if (!model) return 1;
    struct llama_context_params cp = llama_context_default_params();
    cp.n_ctx = atoi(argv[4]);
    cp.n_batch = cp.n_ubatch = 512;
    cp.n_outputs_max = 1;
    cp.n_threads = cp.n_threads_batch = atoi(argv[3]);
    struct llama_context * ctx = llama_init_from_model(model, cp);
    if (!ctx) return 1;
    const int vocabulary = llama_vocab_n_tokens(llama_model_get_vocab(model));
    int count, prompt;
    while (scanf("%d %d", &count, &prompt) == 2) {
        llama_token * tokens = malloc(sizeof(llama_token) * prompt);
        for (int i = 0; i < prompt; i++) {
            if (scanf("%d", &tokens[i]) != 1) return 2;
        }
        llama_memory_clear(llama_get_memory(ctx), 0);
        const double start = now();
        for (int i = 0; i < prompt; i += 512) {
            if (llama_decode(ctx, llama_batch_get_one(tokens + i, prompt - i < 512 ? prompt - i : 512))) return 1;
        }
        llama_token token = best(llama_get_logits_ith(ctx, -1), vocabulary);
        const double read = now();
        for (int i = 1; i < count; i++) {
            if (llama_decode(ctx, llama_batch_get_one(&token, 1))) return 1;
            token = best(llama_get_logits_ith(ctx, -1), vocabulary);
        }
        printf("%.6f %.6f\n", read - start, now() - read);
        fflush(stdout);
        free(tokens);
    }
    llama_free(ctx);
    llama_model_free(model);
    return 0;
}

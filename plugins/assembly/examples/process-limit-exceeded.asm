global _start

section .data
minute: dq 60, 0

section .text
_start:
    mov r12, 100
.another:
    mov rax, 57                 ; fork
    syscall
    test rax, rax
    js .failed
    jz .sleep
    dec r12
    jnz .another
    xor rdi, rdi
    mov rax, 60
    syscall
.sleep:
    mov rax, 35                 ; nanosleep
    lea rdi, [rel minute]
    xor rsi, rsi
    syscall
    mov rax, 60
    xor rdi, rdi
    syscall
.failed:
    mov rax, 60
    mov rdi, 1
    syscall

global _start

section .data
address: dw 2, 0                ; AF_INET and the port
         db 127, 0, 0, 1
         dq 0
connected: db "connected", 10
refused: db "refused", 10

section .bss
line: resb 32

section .text
_start:
    xor rax, rax
    xor rdi, rdi
    lea rsi, [rel line]
    mov rdx, 32
    syscall
    xor rbx, rbx
    lea rsi, [rel line]
.digit:
    movzx rax, byte [rsi]
    sub rax, '0'
    cmp rax, 9
    ja .port
    imul rbx, rbx, 10
    add rbx, rax
    inc rsi
    jmp .digit
.port:
    xchg bl, bh
    mov [rel address + 2], bx
    mov rax, 41                 ; socket
    mov rdi, 2
    mov rsi, 1
    xor rdx, rdx
    syscall
    test rax, rax
    js .refused
    mov rdi, rax
    mov rax, 42                 ; connect
    lea rsi, [rel address]
    mov rdx, 16
    syscall
    test rax, rax
    js .refused
    lea rsi, [rel connected]
    mov rdx, 10
    jmp .say
.refused:
    lea rsi, [rel refused]
    mov rdx, 8
.say:
    mov rax, 1
    mov rdi, 1
    syscall
    mov rax, 60
    xor rdi, rdi
    syscall
